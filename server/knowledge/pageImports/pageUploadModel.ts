import type { Connection } from 'mongoose'
import { type Visibility, visibilities } from '../../access/readers.ts'
import { internalModel } from '../../storage/defineModel.ts'

export const pageUploadStates = ['reading', 'read', 'running', 'done', 'refused'] as const

export interface UploadReport {
  counts: { added: number; changed: number; unchanged: number; refused: number; attached: number; leftOut: number; broken: number }
  /** The first of them: the counts say how many there are. */
  pages: { path: string; title: string; outcome: string; slug?: string; reason?: string }[]
  leftOut: { path: string; reason: string }[]
  broken: { path: string; target: string }[]
}

/** Pages of another system that somebody sent, until they are confirmed or a day is over; then what came of it. */
export interface PageUpload {
  _id: string
  createdById: string
  createdAt: Date
  /** What it was called. */
  file: string
  /** Absent as soon as its pages are kept. */
  fileId?: string
  source: string
  visibility: Visibility
  publish: boolean
  /** The name in the address of the team that is to own them; absent, whoever sent them. */
  team?: string
  state: (typeof pageUploadStates)[number]
  /** Why nothing of it could be imported. */
  problem?: string
  jobId?: string
  report?: UploadReport
}

const reported = {
  counts: {
    type: { added: Number, changed: Number, unchanged: Number, refused: Number, attached: Number, leftOut: Number, broken: Number },
    _id: false,
  },
  pages: [{ path: String, title: String, outcome: String, slug: String, reason: String, _id: false }],
  leftOut: [{ path: String, reason: String, _id: false }],
  broken: [{ path: String, target: String, _id: false }],
}

export const pageUploadModel = (connection: Connection) =>
  internalModel<PageUpload>(connection, {
    collection: 'pageUploads',
    fields: {
      createdById: { type: String, required: true },
      createdAt: { type: Date, required: true },
      file: { type: String, required: true },
      source: { type: String, required: true },
      visibility: { type: String, enum: visibilities, required: true },
      publish: { type: Boolean, required: true },
      state: { type: String, enum: pageUploadStates, required: true },
      report: { type: reported, _id: false },
      ...{ fileId: String, team: String, problem: String, jobId: String },
    },
    indexes: [[{ createdAt: 1 }], [{ fileId: 1 }]],
  })
