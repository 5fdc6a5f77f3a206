import type { Clock } from '../../clock.ts'
import type { Outbox } from '../../mail/outbox.ts'
import type { Models } from '../../models.ts'
import type { Notification } from '../notificationModel.ts'

export const mailTypes = { now: 'notification', daily: 'digest' } as const

interface Collaborators {
  outbox: Outbox
  clock: Clock
}

/**
 * From notifications that are due to be mailed to mails in the outbox: the notification gets the id of its mail, the mail is put there, the mark is taken
 * off. Ended between any two of these steps, it is repeated, and comes to the same mail.
 */
export class MailedNotifications {
  private readonly notifications: Models['notifications']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'notifications'>, collaborators: Collaborators) {
    this.notifications = models.notifications
    this.with = collaborators
  }

  async gather(): Promise<void> {
    const now = this.with.clock.now()
    for (;;) {
      const due = await this.notifications
        .findOne({ mailDueAt: { $lte: now } })
        .sort({ mailDueAt: 1 })
        .lean<Notification>()
      if (due === null) return
      await this.putIntoMail(due, now)
    }
  }

  /** What of it was not read in the site meanwhile, the oldest first. */
  of(mailId: string, personId: string): Promise<Notification[]> {
    return this.notifications.find({ mailId, personId, unseen: true }).sort({ at: 1 }).lean<Notification[]>()
  }

  private async putIntoMail(due: Notification, now: Date): Promise<void> {
    const { personId, mailAs = 'now' } = due
    const mailId = due.mailId ?? `${mailTypes[mailAs]}-${due._id}`
    const together = mailAs === 'now' ? { _id: due._id } : { personId, mailAs, mailDueAt: { $lte: now } }
    if (due.mailId === undefined) await this.notifications.updateMany({ ...together, mailId: { $exists: false } }, { $set: { mailId } })
    await this.with.outbox.put({ _id: mailId, personId, type: mailTypes[mailAs] })
    await this.notifications.updateMany({ mailId, mailDueAt: { $lte: now } }, { $unset: { mailDueAt: 1 } })
  }
}
