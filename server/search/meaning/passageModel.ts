import type { Connection, mongo } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** The vectors of one record's passages, kept so that they are computed once whatever happens to the search index. */
export interface PassageRecord {
  /** "article 5f… all-MiniLM-L6-v2 6ea94d8f-1" */
  _id: string
  type: string
  recordId: string
  model: string
  /** Of the text that is encoded, or that waits for it. */
  contentHash: string
  /** From and to of each passage, one after the other. */
  spans?: number[]
  /** One after the other, each as many bytes as the model has dimensions. */
  vectors?: mongo.Binary
  /** Since when the text waits to be encoded; of one that is being encoded, when it is tried again. */
  waitingSince?: Date
}

export const passageModel = (connection: Connection) =>
  internalModel<PassageRecord>(connection, {
    collection: 'passages',
    fields: {
      type: { type: String, required: true },
      recordId: { type: String, required: true },
      model: { type: String, required: true },
      contentHash: { type: String, required: true },
      spans: { type: [Number], default: undefined },
      vectors: Buffer,
      waitingSince: Date,
    },
    indexes: [[{ model: 1, waitingSince: 1 }]],
  })
