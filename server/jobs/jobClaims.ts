import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { QueryFilter, UpdateQuery } from 'mongoose'
import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import { type Holder, heldHere, isAlive } from '../storage/holders.ts'
import { backOffMs } from './backOff.ts'
import type { JobProgress, JobRecord } from './jobModel.ts'
import { defaultAttempts, type JobType } from './jobType.ts'

/** A job as it was taken: everything written for it holds only as long as the fence is still this one. */
export type Claim = Pick<JobRecord, '_id' | 'fence' | 'attempts'>

export interface ClaimOptions {
  clock: Clock
  types: readonly JobType[]
  /** How long a job stays with a holder that says nothing. */
  leaseMs: number
  /** The machine; another one cannot see whether the process lives. */
  host?: string
}

/** Takes jobs for one runner, and writes what becomes of them: each write only while the job is still this runner's. */
export class JobClaims {
  readonly leaseMs: number
  private readonly jobs: Models['jobs']
  private readonly clock: Clock
  private readonly types: ReadonlyMap<string, JobType>
  private readonly offered: readonly string[]
  private readonly mine: Holder
  /** Jobs of other holders, with when this process first saw them in this state: clocks jump, but not this one. */
  private readonly watched = new Map<string, { seen: string; since: number }>()

  constructor(models: Pick<Models, 'jobs'>, { clock, types, leaseMs, host = hostname() }: ClaimOptions) {
    this.jobs = models.jobs
    this.clock = clock
    this.leaseMs = leaseMs
    this.types = new Map(types.map(type => [type.name, type]))
    this.offered = types.flatMap(({ subjects = [] }) => subjects.flatMap(({ needs }) => needs ?? []))
    this.mine = { holder: randomUUID(), host, pid: process.pid }
    heldHere.add(this.mine.holder)
  }

  /** The job that is due for longest, or one that its holder left. */
  async take(): Promise<JobRecord | undefined> {
    const due = { ...this.possible(), state: 'waiting' as const, dueAt: { $lte: this.clock.now() } }
    const taken = await this.jobs.findOneAndUpdate(due, this.taking(), { sort: { dueAt: 1 }, returnDocument: 'after' }).lean<JobRecord>()
    return taken ?? this.takeLeft()
  }

  /** Says that the holder lives. @returns the job, or undefined when it is somebody else's now */
  extend(claim: Claim, progress?: JobProgress): Promise<JobRecord | undefined> {
    return this.write(claim, { $set: { until: this.until(), ...(progress === undefined ? {} : { progress }) } })
  }

  complete(claim: Claim, result: string, progress?: JobProgress): Promise<JobRecord | undefined> {
    return this.end(claim, { state: 'done', result, ...(progress === undefined ? {} : { progress }) }, { lastError: 1 })
  }

  /** There was nothing to do, and nobody need know. */
  async discard({ _id, fence }: Claim): Promise<JobRecord | undefined> {
    return (await this.jobs.findOneAndDelete({ _id, fence, state: 'running' }).lean<JobRecord>()) ?? undefined
  }

  /** Tried again later, or given up after the last try. */
  fail(claim: Claim, lastError: string, attempts = defaultAttempts): Promise<JobRecord | undefined> {
    if (claim.attempts >= attempts) return this.end(claim, { state: 'failed', lastError })
    const dueAt = new Date(this.clock.now().getTime() + backOffMs(claim.attempts))
    return this.write(claim, { $set: { state: 'waiting', dueAt, lastError }, $unset: freed })
  }

  endCancelled(claim: Claim): Promise<JobRecord | undefined> {
    return this.end(claim, { state: 'cancelled' })
  }

  /** For another process, at once; it does not count as a try. */
  handBack(claim: Claim): Promise<JobRecord | undefined> {
    return this.write(claim, { $set: { state: 'waiting', dueAt: this.clock.now() }, $inc: { attempts: -1 }, $unset: freed })
  }

  release(): void {
    heldHere.delete(this.mine.holder)
  }

  /** Whether nobody runs it any more. */
  protected isLeft(job: JobRecord): boolean {
    if (job.holder === this.mine.holder) return false
    if (!isAlive(job as Holder)) return true
    const seen = `${job.fence} ${job.until?.getTime()}`
    const watched = this.watched.get(job._id)
    if (watched?.seen !== seen) this.watched.set(job._id, { seen, since: performance.now() })
    else if (performance.now() - watched.since > this.leaseMs) return true
    return false
  }

  private async takeLeft(): Promise<JobRecord | undefined> {
    const running = await this.jobs.find({ ...this.possible(), state: 'running' }).lean<JobRecord[]>()
    for (const id of this.watched.keys()) if (!running.some(({ _id }) => _id === id)) this.watched.delete(id)
    for (const job of running.filter(left => this.isLeft(left))) {
      const taken = await this.succeed(job)
      if (taken?.state === 'running') return taken
    }
    return undefined
  }

  private async succeed(job: JobRecord): Promise<JobRecord | undefined> {
    if (job.cancelAsked) return this.endCancelled(job)
    const most = this.types.get(job.name)?.attempts ?? defaultAttempts
    if (job.attempts >= most)
      return this.end(job, { state: 'failed', lastError: 'The process that ran it ended each time before it was done.' })
    return this.write(job, this.taking())
  }

  private possible(): QueryFilter<JobRecord> {
    return { name: { $in: [...this.types.keys()] }, $or: [{ needs: { $exists: false } }, { needs: { $in: [...this.offered] } }] }
  }

  private taking(): UpdateQuery<JobRecord> {
    const now = this.clock.now()
    return {
      $set: { ...this.mine, state: 'running', until: this.until(), startedAt: now },
      $inc: { fence: 1, attempts: 1 },
    }
  }

  private until(): Date {
    return new Date(this.clock.now().getTime() + this.leaseMs)
  }

  private end(claim: Claim, set: Partial<JobRecord>, unset: Record<string, 1> = {}): Promise<JobRecord | undefined> {
    return this.write(claim, { $set: { ...set, endedAt: this.clock.now() }, $unset: { ...unset, ...freed, activeKey: 1, cancelAsked: 1 } })
  }

  private async write({ _id, fence }: Claim, change: UpdateQuery<JobRecord>): Promise<JobRecord | undefined> {
    const held = { _id, fence, state: 'running' as const }
    return (await this.jobs.findOneAndUpdate(held, change, { returnDocument: 'after' }).lean<JobRecord>()) ?? undefined
  }
}

const freed = { holder: 1, host: 1, pid: 1, until: 1 } as const
