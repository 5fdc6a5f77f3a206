import { createHash } from 'node:crypto'
import type { QueryFilter } from 'mongoose'
import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import { NotFound } from '../failures.ts'
import { nextTime } from '../jobs/schedule.ts'
import type { Outbox } from '../mail/outbox.ts'
import type { Models } from '../models.ts'
import { isTaken } from '../storage/takenSlug.ts'
import type { NotificationChoices } from './choices/notificationChoices.ts'
import type { NotificationKind, Told } from './notificationKind.ts'
import type { Facts, Notification } from './notificationModel.ts'

const readAtOnce = 20
const mostRounds = 20
/** Before people come to work, and after what looks for news at night. */
export const digestTime = { dailyAt: '07:00' } as const

/** Something that happened, for those who should know. */
export interface News {
  /** Of a NotificationKind. */
  kind: string
  /** What happened, by an id: whoever was told of it once is not told again. */
  event: string
  to: readonly string[]
  subjectId: string
  /** Who did it; they are not told themselves. */
  byId?: string
  facts?: Facts
}

export interface ShownNotification extends Told {
  notification: Notification
}

interface Collaborators {
  choices: NotificationChoices
  outbox: Outbox
  clock: Clock
}

/** What people are told: kept when it happens, put into words for each when they look. */
export class Notifications {
  /** What the features declare. */
  kinds: readonly NotificationKind[] = []
  private readonly notifications: Models['notifications']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'notifications'>, collaborators: Collaborators) {
    this.notifications = models.notifications
    this.with = collaborators
  }

  /** Safe to repeat. One write keeps it and marks it to be mailed, so there is no moment at which the one is there without the other. */
  async tell(news: News): Promise<void> {
    const kind = this.kindOf(news.kind)
    const to = [...new Set(news.to)].filter(personId => personId !== news.byId)
    if (to.length === 0) return
    const marks = await this.mailMarks(kind, to)
    const records = to.map((personId, position) => ({ ...this.recordOf(news, personId), ...marks[position] }))
    await this.keep(records)
    if (kind.onlyNewest) await this.forgetOlder(records)
    if (records.some(({ mailAs }) => mailAs === 'now')) await this.with.outbox.wake()
  }

  /** The newest first, as far as the reader may know of it now. @param before  the id of the one before the first; left out, from the newest */
  async list(reader: SignedInPerson, { size, before }: { size: number; before?: string }): Promise<ShownNotification[]> {
    const last = before === undefined ? null : await this.notifications.findOne({ _id: before, personId: reader.id }).lean<Notification>()
    return this.visible(reader, {}, size, last === null ? {} : olderThan(last))
  }

  /** How many the reader has not opened, of those that they may know of now; counted no further than `most`. */
  async countUnseen(reader: SignedInPerson, most: number): Promise<number> {
    return (await this.visible(reader, { unseen: true }, most)).length
  }

  /** It is read from now on. @returns where it leads @throws NotFound also when its subject is hidden by now */
  async open(reader: SignedInPerson, id: string): Promise<string> {
    const found = await this.notifications.findOne({ _id: id, personId: reader.id }).lean<Notification>()
    const told = found === null ? undefined : (await this.present(reader, [found])).get(id)
    if (told === undefined) throw new NotFound('This notification is about something that is not there any more.')
    await this.see(reader, { _id: id })
    return told.href
  }

  async seeAll(reader: SignedInPerson): Promise<void> {
    await this.see(reader, {})
  }

  /** They have come to what it is about by another way. */
  async seeOf(reader: SignedInPerson, kind: string, subjectId: string): Promise<void> {
    await this.see(reader, { kind, subjectId })
  }

  /** In the reader's words, by id; what they may not know of is not among it. */
  async present(reader: SignedInPerson, notifications: readonly Notification[]): Promise<Map<string, Told>> {
    const ofKinds = this.kinds.map(async kind => {
      const notices = notifications.filter(one => one.kind === kind.id)
      return notices.length === 0 ? [] : [...(await kind.present(reader, notices))]
    })
    return new Map((await Promise.all(ofKinds)).flat())
  }

  /** What is theirs, and what tells others of what they did. */
  async forget(personId: string): Promise<void> {
    await this.notifications.deleteMany({ personId })
    await this.notifications.deleteMany({ byId: personId })
    await this.with.choices.forget(personId)
  }

  /** @returns how many were forgotten */
  async forgetBefore(at: Date): Promise<number> {
    return (await this.notifications.deleteMany({ at: { $lt: at } })).deletedCount
  }

  private kindOf(id: string): NotificationKind {
    const kind = this.kinds.find(declared => declared.id === id)
    if (kind === undefined) throw new Error(`No feature declares notifications of the kind "${id}"`)
    return kind
  }

  private recordOf({ kind, event, subjectId, byId, facts }: News, personId: string): Notification {
    return {
      _id: createHash('sha256')
        .update(JSON.stringify([kind, event, personId]))
        .digest('hex')
        .slice(0, 32),
      ...{ personId, kind, subjectId, at: this.with.clock.now(), unseen: true },
      ...(byId === undefined ? {} : { byId }),
      ...(facts === undefined ? {} : { facts }),
    }
  }

  private async mailMarks(kind: NotificationKind, to: readonly string[]): Promise<Pick<Notification, 'mailDueAt' | 'mailAs'>[]> {
    if (!this.with.outbox.isOn) return to.map(() => ({}))
    const now = this.with.clock.now()
    const chosen = await this.with.choices.deliveries(kind, to)
    return to.map(personId => {
      const mailAs = chosen.get(personId) ?? kind.usually
      return mailAs === 'site' ? {} : { mailAs, mailDueAt: mailAs === 'now' ? now : nextTime(digestTime, now) }
    })
  }

  private async keep(records: readonly Notification[]): Promise<void> {
    try {
      await this.notifications.insertMany([...records], { lean: true, ordered: false })
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }

  private async forgetOlder(records: readonly Notification[]): Promise<void> {
    for (const { _id, personId, kind, subjectId, at } of records)
      await this.notifications.deleteMany({ personId, kind, subjectId, _id: { $ne: _id }, at: { $lte: at } })
  }

  private async see({ id }: SignedInPerson, which: QueryFilter<Notification>): Promise<void> {
    const change = { $set: { seenAt: this.with.clock.now() }, $unset: { unseen: 1 as const } }
    await this.notifications.updateMany({ ...which, personId: id, unseen: true }, change)
  }

  /** What is hidden takes no place: as many as were asked for, as long as there are some. */
  private async visible(reader: SignedInPerson, which: QueryFilter<Notification>, most: number, from = {}): Promise<ShownNotification[]> {
    const shown: ShownNotification[] = []
    const atOnce = Math.max(most, readAtOnce)
    let older: QueryFilter<Notification> = from
    for (let round = 0; round < mostRounds && shown.length < most; round++) {
      const found = await this.notifications
        .find({ ...which, ...older, personId: reader.id })
        .sort({ at: -1, _id: -1 })
        .limit(atOnce)
        .lean<Notification[]>()
      const words = await this.present(reader, found)
      for (const notification of found) {
        const told = words.get(notification._id)
        if (told !== undefined) shown.push({ ...told, notification })
      }
      const last = found.at(-1)
      if (last === undefined || found.length < atOnce) break
      older = olderThan(last)
    }
    return shown.slice(0, most)
  }
}

const olderThan = ({ at, _id }: Notification): QueryFilter<Notification> => ({ $or: [{ at: { $lt: at } }, { at, _id: { $lt: _id } }] })
