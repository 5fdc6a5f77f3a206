import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import type { JobScheduleRecord } from './jobModel.ts'
import type { JobQueue } from './jobQueue.ts'
import type { JobType } from './jobType.ts'
import { nextTime, type Schedule } from './schedule.ts'

type ScheduledType = JobType & { schedule: Schedule }

/** Asks for scheduled jobs when their time has come: for each time once, whatever number of processes do so, and once after times that all missed. */
export class JobSchedules {
  private readonly schedules: Models['jobSchedules']
  private readonly queue: JobQueue
  private readonly clock: Clock
  private readonly types: readonly ScheduledType[]

  constructor(models: Pick<Models, 'jobSchedules'>, queue: JobQueue, clock: Clock, types: readonly JobType[]) {
    this.schedules = models.jobSchedules
    this.queue = queue
    this.clock = clock
    this.types = types.filter((type): type is ScheduledType => type.schedule !== undefined)
  }

  async askForDue(): Promise<void> {
    const kept = await this.nextTimes()
    const now = this.clock.now()
    for (const { name, schedule } of this.types) {
      const nextAt = kept.get(name)
      const next = nextTime(schedule, now)
      if (nextAt === undefined) await this.begin(name, next)
      else if (nextAt <= now) await this.moveOn(name, nextAt, next)
      // A schedule that changed, or a clock that was wrong.
      else if (nextAt > next) await this.move(name, nextAt, next)
    }
  }

  /** By the name of the type. */
  async nextTimes(): Promise<ReadonlyMap<string, Date>> {
    const kept = await this.schedules.find().lean<JobScheduleRecord[]>()
    return new Map(kept.map(({ _id, nextAt }) => [_id, nextAt]))
  }

  /** The job first: a process that ends in between leaves the time as it was, and the job has its id from it. */
  private async moveOn(name: string, nextAt: Date, next: Date): Promise<void> {
    await this.queue.ask({ id: `${name} ${nextAt.toISOString()}`, name, scheduled: true })
    await this.move(name, nextAt, next)
  }

  private async move(name: string, nextAt: Date, next: Date): Promise<void> {
    await this.schedules.updateOne({ _id: name, nextAt }, { $set: { nextAt: next } })
  }

  private async begin(name: string, nextAt: Date): Promise<void> {
    await this.schedules.updateOne({ _id: name }, { $setOnInsert: { nextAt } }, { upsert: true }).catch(error => {
      if (error.code !== 11000) throw error
    })
  }
}
