import type { Connection } from 'mongoose'
import type { Refusal } from '../../imports/keepRows.ts'
import { internalModel } from '../../storage/defineModel.ts'

export interface ImportCounts {
  added: number
  changed: number
  unchanged: number
  refused: number
  left: number
}

/** A file of people that an administrator sent, until it is confirmed or a day is over; then what came of it. */
export interface PeopleUpload {
  _id: string
  createdById: string
  createdAt: Date
  file: string
  rows: number
  /** Absent as soon as its rows are kept. */
  text?: string
  /** Whose people leave who are not in the file; absent, nobody leaves. */
  leaversOf?: string
  state: 'waiting' | 'running' | 'done' | 'ended'
  startedAt?: Date
  /** The people who leave, as the confirmed preview showed them. */
  leaverIds?: string[]
  jobId?: string
  counts?: ImportCounts
  refusals?: Refusal[]
}

const peopleUploadModel = (connection: Connection) =>
  internalModel<PeopleUpload>(connection, {
    collection: 'peopleUploads',
    fields: {
      createdById: { type: String, required: true },
      createdAt: { type: Date, required: true },
      file: { type: String, required: true },
      rows: { type: Number, required: true },
      state: { type: String, required: true },
      leaverIds: { type: [String], default: undefined },
      counts: { type: { added: Number, changed: Number, unchanged: Number, refused: Number, left: Number }, _id: false },
      refusals: { type: [{ line: Number, id: { type: String }, reason: String, _id: false }], default: undefined },
      ...{ text: String, leaversOf: String, startedAt: Date, jobId: String },
    },
    indexes: [[{ createdAt: 1 }]],
  })

export const adminModels = (connection: Connection) => ({
  peopleUploads: peopleUploadModel(connection),
})
