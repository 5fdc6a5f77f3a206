import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../../server/clock.ts'
import { type JobRecord, jobModels } from '../../../server/jobs/jobModel.ts'
import { JobQueue } from '../../../server/jobs/jobQueue.ts'
import { ensureIndexes } from '../../../server/storage/connectStorage.ts'
import { TestProcess } from '../../support/childProcess.ts'
import type { OpenedStore } from '../storage/stores.ts'

/** A step that a holder wrote down, in the database and unconditionally: what really happened. */
export interface JobStep {
  job: string
  fence: number
  step: number
  isLast: boolean
  pid: number
  at: number
}

export interface RunnerSettings {
  uri: string
  databaseName: string
  /** As a machine of its own: others cannot see whether its process lives. */
  host?: string
  leaseMs: number
  stepMs: number
  /** Whether a job that another has is left to it; a twin takes it all the same. */
  looksAtLeases: boolean
  asksBeforeSteps: boolean
}

const file = new URL('runnerProcess.ts', import.meta.url)

/** Several processes that share the jobs of one database. */
export class JobFleet {
  readonly models: ReturnType<typeof jobModels>
  private readonly queue: JobQueue
  private readonly store: OpenedStore
  private readonly processes: TestProcess[] = []
  private started = 0

  private constructor(store: OpenedStore) {
    this.store = store
    this.models = jobModels(store.connection)
    this.queue = new JobQueue(this.models, systemClock)
  }

  static async on(store: OpenedStore): Promise<JobFleet> {
    const fleet = new JobFleet(store)
    await ensureIndexes(store.connection)
    return fleet
  }

  async ask(count: number): Promise<void> {
    for (let subject = 0; subject < count; subject++) await this.queue.ask({ name: 'stepping', subject: String(subject) })
  }

  /** Every other one is a machine of its own. */
  start(settings: Partial<RunnerSettings> = {}): TestProcess {
    const { uri, databaseName } = this.store
    const host = this.started++ % 2 === 0 ? {} : { host: `machine-${this.started}` }
    const all: RunnerSettings = {
      leaseMs: 3_000,
      stepMs: 25,
      looksAtLeases: true,
      asksBeforeSteps: false,
      ...host,
      uri,
      databaseName,
      ...settings,
    }
    const started = new TestProcess(file, [JSON.stringify(all)])
    this.processes.push(started)
    return started
  }

  /** Kills one after another that has a job, whichever, and starts another in its place, until all jobs are over. @returns how many were killed */
  async killUntilDone(everyMs: number, most: number, random: () => number): Promise<number> {
    let killed = 0
    while ((await this.left()) > 0) {
      await wait(everyMs)
      const working = await this.working()
      const victim = working[Math.floor(random() * working.length)]
      if (victim === undefined || killed === most) continue
      await victim.kill()
      killed++
      this.start()
    }
    return killed
  }

  /** Those that have a job in hand. */
  private async working(): Promise<TestProcess[]> {
    const holders = await this.models.jobs.distinct('pid', { state: 'running' })
    return this.processes.filter(({ isRunning, pid }) => isRunning && holders.includes(pid))
  }

  left(): Promise<number> {
    return this.models.jobs.countDocuments({ state: { $in: ['waiting', 'running'] } })
  }

  jobs(): Promise<JobRecord[]> {
    return this.models.jobs.find().lean<JobRecord[]>()
  }

  steps(): Promise<JobStep[]> {
    return this.store.connection.collection<JobStep>('steps').find().sort({ at: 1 }).toArray()
  }

  async end(): Promise<void> {
    await Promise.all(this.processes.splice(0).map(child => child.kill()))
  }
}

/** Steps of a holder that came after a step of its successor: then two ran the job at once. */
export function overlapsIn(steps: readonly JobStep[]): JobStep[] {
  const newest = new Map<string, number>()
  const overlaps: JobStep[] = []
  for (const step of steps) {
    const fence = newest.get(step.job) ?? 0
    if (step.fence < fence) overlaps.push(step)
    else newest.set(step.job, step.fence)
  }
  return overlaps
}
