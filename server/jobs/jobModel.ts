import type { Connection } from 'mongoose'
import { internalModel } from '../storage/defineModel.ts'
import type { Holder } from '../storage/holders.ts'

export const jobStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
/** failed: given up after its last try, until somebody tries it again. */
export type JobState = (typeof jobStates)[number]

export interface JobProgress {
  done: number
  total?: number
  message?: string
}

/** One piece of work, from when it is asked for until it is forgotten. While it runs it carries its own lease. */
export interface JobRecord extends Partial<Holder> {
  _id: string
  /** Of its JobType. */
  name: string
  /** What it is about, when the type has several: "article". */
  subject?: string
  /** Only a process that offers this may run it: it belongs to one version of the code. */
  needs?: string
  state: JobState
  createdAt: Date
  /** The id of the administrator who asked for it; absent for scheduled ones and those that the site asked for. */
  askedById?: string
  scheduled?: true
  /** Not before. */
  dueAt: Date
  /** The same work is not asked for twice: `activeKey` is `key` as long as the job waits or runs. */
  key?: string
  activeKey?: string
  attempts: number
  /** Raised each time it is taken: what an earlier holder writes is refused by its lower number (a fencing token). */
  fence: number
  /** Until when the holder has it, unless it says again that it lives. */
  until?: Date
  startedAt?: Date
  endedAt?: Date
  cancelAsked?: true
  progress?: JobProgress
  /** In a sentence, what came of it. */
  result?: string
  lastError?: string
}

/** When a scheduled job is due next. */
export interface JobScheduleRecord {
  /** The name of the JobType. */
  _id: string
  nextAt: Date
}

const active = { unique: true, partialFilterExpression: { activeKey: { $exists: true } } }

const jobModel = (connection: Connection) =>
  internalModel<JobRecord>(connection, {
    collection: 'jobs',
    fields: {
      name: { type: String, required: true },
      state: { type: String, required: true },
      createdAt: { type: Date, required: true },
      dueAt: { type: Date, required: true },
      attempts: { type: Number, required: true },
      fence: { type: Number, required: true },
      progress: { type: { done: Number, total: Number, message: String }, _id: false },
      ...{ subject: String, needs: String, askedById: String, scheduled: Boolean, key: String, activeKey: String },
      ...{ holder: String, host: String, pid: Number, until: Date, startedAt: Date, endedAt: Date },
      ...{ cancelAsked: Boolean, result: String, lastError: String },
    },
    indexes: [[{ state: 1, dueAt: 1 }], [{ createdAt: 1 }], [{ activeKey: 1 }, active]],
  })

const jobScheduleModel = (connection: Connection) =>
  internalModel<JobScheduleRecord>(connection, { collection: 'jobSchedules', fields: { nextAt: { type: Date, required: true } } })

export const jobModels = (connection: Connection) => ({
  jobs: jobModel(connection),
  jobSchedules: jobScheduleModel(connection),
})
