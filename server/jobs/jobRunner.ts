import type { Connection } from 'mongoose'
import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import { inLogContext } from '../monitoring/logContext.ts'
import { Interrupted } from './interrupted.ts'
import { JobClaims } from './jobClaims.ts'
import type { JobRecord } from './jobModel.ts'
import type { JobQueue } from './jobQueue.ts'
import { JobSchedules } from './jobSchedules.ts'
import type { JobType } from './jobType.ts'
import { RunningJob } from './runningJob.ts'

const pollMs = 1_000
const longestStopMs = 8_000

interface Collaborators {
  models: Pick<Models, 'jobs' | 'jobSchedules'>
  queue: JobQueue
  connection: Connection
  clock: Clock
  log: Logger
  types: readonly JobType[]
  /** How many run at once in this process: 2. */
  places?: number
  leaseMs?: number
  claims?: JobClaims
}

/** Works off what is due in this process. Any number of processes do so beside each other; each job runs in one of them. */
export class JobRunner {
  readonly types: ReadonlyMap<string, JobType>
  readonly schedules: JobSchedules
  private readonly with: Collaborators
  private readonly claims: JobClaims
  private readonly running = new Map<RunningJob, Promise<void>>()
  private isWantedAskedFor = false
  private stopped = true
  private stopping: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private round: Promise<void> | undefined
  private isWoken = false
  private readonly wake = () => this.schedule(0)

  constructor(collaborators: Collaborators) {
    const { models, queue, clock, types, leaseMs = 30_000 } = collaborators
    this.with = collaborators
    this.types = new Map(types.map(type => [type.name, type]))
    this.claims = collaborators.claims ?? new JobClaims(models, { clock, types, leaseMs })
    this.schedules = new JobSchedules(models, queue, clock, types)
  }

  start(): void {
    this.stopped = false
    this.stopping = undefined
    this.with.connection.on('job', this.wake)
    this.schedule(0)
  }

  /** Running jobs are told to end and given back, so that another process goes on at once. One that does not end in time is taken over later. */
  stop(): Promise<void> {
    this.stopping ??= this.endAll()
    return this.stopping
  }

  /** Everything that is due now, without working in the background. */
  async workOff(): Promise<void> {
    do {
      await this.begin()
      await Promise.all(this.running.values())
    } while (await this.begin())
  }

  private async endAll(): Promise<void> {
    this.stopped = true
    this.with.connection.off('job', this.wake)
    clearTimeout(this.timer)
    await this.round?.catch(() => undefined)
    for (const job of this.running.keys()) job.interrupt('stopping')
    await inTime(Promise.all(this.running.values()), longestStopMs)
    this.claims.release()
  }

  /** @returns whether anything was begun */
  private async begin(): Promise<boolean> {
    await this.askForWanted()
    await this.schedules.askForDue()
    const before = this.running.size
    while (this.running.size < (this.with.places ?? 2)) {
      const record = await this.claims.take()
      if (record === undefined) break
      this.run(record)
    }
    return this.running.size > before
  }

  private async askForWanted(): Promise<void> {
    if (this.isWantedAskedFor) return
    for (const { name, wanted } of this.types.values())
      for (const { value: subject, needs } of (await wanted?.()) ?? [])
        await this.with.queue.ask({ name, subject, ...(needs === undefined ? {} : { needs }) })
    this.isWantedAskedFor = true
  }

  private run(record: JobRecord): void {
    const job = new RunningJob(record, this.claims)
    const work = () => this.carryOut(job, this.types.get(record.name) as JobType)
    const ended = inLogContext({ part: 'jobs', jobId: record._id }, work).finally(() => {
      this.running.delete(job)
      this.schedule(0)
    })
    this.running.set(job, ended)
  }

  private async carryOut(job: RunningJob, type: JobType): Promise<void> {
    const { record } = job
    try {
      const outcome = await type.run(job).then(
        result => ({ result }),
        error => ({ error }),
      )
      const kept = 'result' in outcome ? await this.ended(job, outcome.result) : await this.failed(job, type, outcome.error)
      if (kept === undefined)
        this.with.log.warn({ name: record.name }, 'another process has this job meanwhile: what came of it here is not kept')
    } catch (error) {
      this.with.log.error({ err: error, name: record.name }, 'what came of a job could not be kept: it will be run again')
    } finally {
      job.end()
    }
  }

  private ended(job: RunningJob, result: string | undefined): Promise<JobRecord | undefined> {
    return result === undefined ? this.claims.discard(job.record) : this.claims.complete(job.record, result, job.end())
  }

  private failed(job: RunningJob, type: JobType, error: unknown): Promise<JobRecord | undefined> {
    const reason: unknown = job.signal.reason
    if (reason instanceof Interrupted) return this.interrupted(job, reason)
    this.with.log.error({ err: error, name: type.name, attempts: job.record.attempts }, 'a job failed')
    return this.claims.fail(job.record, messageOf(error), type.attempts)
  }

  private async interrupted({ record }: RunningJob, { why }: Interrupted): Promise<JobRecord | undefined> {
    if (why === 'cancelled') return this.claims.endCancelled(record)
    return why === 'stopping' ? this.claims.handBack(record) : undefined
  }

  private schedule(delayMs: number): void {
    if (this.stopped) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.poll(), delayMs)
  }

  /** One round at a time; whoever wakes it meanwhile has it look again at once. */
  private async poll(): Promise<void> {
    this.isWoken = this.round !== undefined
    if (this.isWoken) return
    this.round = this.begin().then(
      () => undefined,
      error => this.with.log.warn({ err: error }, 'jobs wait: the database does not answer'),
    )
    await this.round
    this.round = undefined
    this.schedule(this.isWoken ? 0 : pollMs)
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 500)

async function inTime(work: Promise<unknown>, withinMs: number): Promise<void> {
  let late: NodeJS.Timeout | undefined
  const deadline = new Promise(resolve => {
    late = setTimeout(resolve, withinMs)
  })
  await Promise.race([work, deadline]).finally(() => clearTimeout(late))
}
