import type { UpdateQuery } from 'mongoose'
import type { Clock } from '../clock.ts'
import { Conflict, NotFound } from '../failures.ts'
import type { Models } from '../models.ts'
import { newId } from '../storage/newId.ts'
import type { JobRecord, JobState } from './jobModel.ts'

export interface AskedJob {
  name: string
  subject?: string
  needs?: string
  askedById?: string
  scheduled?: true
  dueAt?: Date
  /** While a job of this key waits or runs, no other is made. Default: name, subject and needs. */
  key?: string
  /** Makes it at most one job for ever. */
  id?: string
}

/** Work that waits, runs or is over, for those who ask for it and look at it. Any process may run it. */
export class JobQueue {
  private readonly jobs: Models['jobs']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'jobs'>, clock: Clock) {
    this.jobs = models.jobs
    this.clock = clock
  }

  /** @returns the new job, or the one that waits or runs for the same already */
  async ask({ id = newId(), ...asked }: AskedJob): Promise<JobRecord> {
    const now = this.clock.now()
    const key = asked.key ?? [asked.name, asked.subject, asked.needs].filter(part => part !== undefined).join(' ')
    const job: JobRecord = { _id: id, createdAt: now, dueAt: now, ...asked, key, activeKey: key, state: 'waiting', attempts: 0, fence: 0 }
    try {
      await this.jobs.insertMany([job], { lean: true })
      this.jobs.db.emit('job')
      return job
    } catch (error) {
      if (!isTaken(error)) throw error
      return (await this.jobs.findOne({ $or: [{ _id: id }, { activeKey: key }] }).lean<JobRecord>()) ?? this.ask({ id, ...asked })
    }
  }

  /** @throws NotFound */
  async find(id: string): Promise<JobRecord> {
    const job = await this.jobs.findById(id).lean<JobRecord>()
    if (job === null) throw new NotFound('There is no such job. It may be over for so long that it was forgotten.')
    return job
  }

  /** Newest first. */
  list(states: readonly JobState[], most: number): Promise<JobRecord[]> {
    return this.jobs
      .find({ state: { $in: states } })
      .sort({ createdAt: -1 })
      .limit(most)
      .lean<JobRecord[]>()
  }

  async count(state: JobState): Promise<number> {
    return this.jobs.countDocuments({ state })
  }

  /**
   * Now, from the first try: a job that was given up or cancelled, or one that waits for its next try.
   * @throws Conflict when it runs or is done, or another does the same work meanwhile
   */
  async retry(id: string): Promise<JobRecord> {
    const { key } = await this.find(id)
    const change = {
      $set: { state: 'waiting' as const, dueAt: this.clock.now(), attempts: 0, ...(key === undefined ? {} : { activeKey: key }) },
      $unset: { endedAt: 1 as const, cancelAsked: 1 as const },
    }
    try {
      return await this.change(id, ['waiting', 'failed', 'cancelled'], change)
    } catch (error) {
      if (isTaken(error)) throw new Conflict('The same work waits or runs already.')
      throw error
    }
  }

  /** What runs is asked to end; it does so at its next step. @throws Conflict when it is over */
  async cancel(id: string): Promise<JobRecord> {
    const ended = { $set: { state: 'cancelled' as const, endedAt: this.clock.now() }, $unset: { activeKey: 1 as const } }
    const waiting = await this.jobs.findOneAndUpdate({ _id: id, state: 'waiting' }, ended, { returnDocument: 'after' }).lean<JobRecord>()
    return waiting ?? this.change(id, ['running'], { $set: { cancelAsked: true } })
  }

  /** @returns how many jobs are forgotten now */
  async forget(states: readonly JobState[], endedBefore: Date): Promise<number> {
    const { deletedCount } = await this.jobs.deleteMany({ state: { $in: states }, endedAt: { $lt: endedBefore } })
    return deletedCount
  }

  private async change(id: string, states: readonly JobState[], change: UpdateQuery<JobRecord>): Promise<JobRecord> {
    const changed = await this.jobs
      .findOneAndUpdate({ _id: id, state: { $in: states } }, change, { returnDocument: 'after' })
      .lean<JobRecord>()
    if (changed === null) throw new Conflict(`This job is ${(await this.find(id)).state} meanwhile. Look at it again.`)
    this.jobs.db.emit('job')
    return changed
  }
}

const isTaken = (error: unknown) => (error as { code?: number }).code === 11000
