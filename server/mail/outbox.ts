import type { UpdateQuery } from 'mongoose'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { Conflict } from '../failures.ts'
import { backOffMs } from '../jobs/backOff.ts'
import type { JobQueue } from '../jobs/jobQueue.ts'
import type { Models } from '../models.ts'
import { isTaken } from '../storage/takenSlug.ts'
import type { Mail, MailState } from './mailModel.ts'

export const sendMailJobName = 'send-mail'
/** As mail servers do with one another. */
const longestTryingMs = 2 * 86_400_000

interface Collaborators {
  config: Pick<Config, 'SMTP_URL'>
  jobs: JobQueue
  clock: Clock
}

/** A mail as it was taken: what is written for it holds only as long as the fence is still this one. */
export type TakenMail = Pick<Mail, '_id' | 'fence' | 'attempts' | 'createdAt'>

/**
 * Mails on their way, in the database, so that they outlive any process. At least once until the mail server begins to take one, at most once from
 * then on: that moment is written down before the first byte of it is sent, and who finds it written down does not send it again.
 */
export class Outbox {
  private readonly mails: Models['mails']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'mails'>, collaborators: Collaborators) {
    this.mails = models.mails
    this.with = collaborators
  }

  /** Whether this site sends mails at all. */
  get isOn(): boolean {
    return this.with.config.SMTP_URL !== undefined
  }

  /** The same id twice is one mail. */
  async put({ _id, personId, type, about }: Pick<Mail, '_id' | 'personId' | 'type' | 'about'>): Promise<void> {
    const now = this.with.clock.now()
    const mail: Mail = { _id, personId, type, state: 'waiting', createdAt: now, dueAt: now, attempts: 0, fence: 0 }
    try {
      await this.mails.insertMany([{ ...mail, ...(about === undefined ? {} : { about }) }], { lean: true })
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }

  /** Something is due now: the job need not wait for its minute. */
  async wake(): Promise<void> {
    if (this.isOn) await this.with.jobs.ask({ name: sendMailJobName })
  }

  /** What an earlier run left: it is known of each whether it may be sent again. */
  async takeUpLeft(): Promise<void> {
    const now = this.with.clock.now()
    await this.mails.updateMany({ state: 'taken' }, { $set: { state: 'waiting', dueAt: now }, $inc: { fence: 1 } })
    const unknown = {
      state: 'unknown' as const,
      endedAt: now,
      lastError: 'The process ended while the mail server took it: it may have arrived.',
    }
    await this.mails.updateMany({ state: 'handing over' }, { $set: unknown })
  }

  /** The one that is due for longest. */
  async take(): Promise<Mail | undefined> {
    const due = { state: 'waiting' as const, dueAt: { $lte: this.with.clock.now() } }
    const change = { $set: { state: 'taken' as const }, $inc: { fence: 1, attempts: 1 } }
    const taken = this.mails.findOneAndUpdate(due, change, { sort: { dueAt: 1 }, returnDocument: 'after' })
    return (await taken.lean<Mail>()) ?? undefined
  }

  /** @returns false when it is somebody else's now: it must not be handed over */
  beginHandingOver(mail: TakenMail): Promise<boolean> {
    return this.write(mail, ['taken'], { $set: { state: 'handing over' } })
  }

  /** Who handed it over knows it best, also when another run said meanwhile that nobody knows. */
  async succeed(mail: TakenMail): Promise<void> {
    await this.write(mail, ['handing over', 'unknown'], this.ended('sent'))
  }

  async drop(mail: TakenMail, why: string): Promise<void> {
    await this.write(mail, ['taken'], this.ended('dropped', why))
  }

  /** @param isFinal  the mail server will not take it at another time either */
  async fail(mail: TakenMail, lastError: string, isFinal = false): Promise<void> {
    const now = this.with.clock.now().getTime()
    const isOver = isFinal || now - mail.createdAt.getTime() >= longestTryingMs
    const later = { $set: { state: 'waiting' as const, lastError, dueAt: new Date(now + backOffMs(mail.attempts)) } }
    await this.write(mail, ['taken', 'handing over', 'unknown'], isOver ? this.ended('failed', lastError) : later)
  }

  /** All of it was on its way, and no answer came. */
  async doubt(mail: TakenMail, lastError: string): Promise<void> {
    await this.write(mail, ['handing over'], this.ended('unknown', lastError))
  }

  /** By an administrator, who has seen why. @throws Conflict when it is on its way or sent */
  async retry(_id: string): Promise<void> {
    const now = this.with.clock.now()
    const again = {
      $set: { state: 'waiting' as const, dueAt: now, createdAt: now, attempts: 0 },
      $inc: { fence: 1 },
      $unset: { endedAt: 1 as const },
    }
    await this.decide(_id, ['failed', 'unknown', 'waiting'], again)
    await this.wake()
  }

  /** @throws Conflict when it is on its way or sent */
  async giveUp(_id: string): Promise<void> {
    await this.decide(_id, ['failed', 'unknown', 'waiting'], {
      ...this.ended('dropped', 'An administrator put it away.'),
      $inc: { fence: 1 },
    })
  }

  count(state: MailState): Promise<number> {
    return this.mails.countDocuments({ state }).exec()
  }

  /** Those that wait the longest first, those that are over the newest first. */
  list(state: MailState, most: number): Promise<Mail[]> {
    return this.mails
      .find({ state })
      .sort(state === 'waiting' ? { dueAt: 1 } : { endedAt: -1 })
      .limit(most)
      .lean<Mail[]>()
  }

  /** For how long the oldest of those that are due has not been sent. */
  async oldestDueMs(): Promise<number> {
    const now = this.with.clock.now()
    const [oldest] = await this.mails
      .find({ state: 'waiting', dueAt: { $lte: now } })
      .sort({ dueAt: 1 })
      .limit(1)
      .lean<Mail[]>()
    return oldest === undefined ? 0 : now.getTime() - oldest.createdAt.getTime()
  }

  async forget(personId: string): Promise<void> {
    await this.mails.deleteMany({ personId })
  }

  /** @returns how many of those that are over were forgotten */
  async forgetBefore(at: Date): Promise<number> {
    return (await this.mails.deleteMany({ endedAt: { $lt: at } })).deletedCount
  }

  private ended(state: MailState, why?: string): UpdateQuery<Mail> {
    const set = { state, endedAt: this.with.clock.now() }
    return why === undefined ? { $set: set, $unset: { lastError: 1 } } : { $set: { ...set, lastError: why } }
  }

  private async write({ _id, fence }: TakenMail, from: MailState[], change: UpdateQuery<Mail>): Promise<boolean> {
    return (await this.mails.updateOne({ _id, fence, state: { $in: from } }, change)).matchedCount === 1
  }

  private async decide(_id: string, from: MailState[], change: UpdateQuery<Mail>): Promise<void> {
    const { matchedCount } = await this.mails.updateOne({ _id, state: { $in: from } }, change)
    if (matchedCount === 0) throw new Conflict('This mail is on its way, or over, meanwhile. Look at the list again.')
  }
}
