import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** Where the records of one type are written to and found. Every process reads it for each batch. */
export interface SearchIndexRecord {
  /** The type: "article". */
  _id: string
  /** Raised whenever `targets` change; a pending mark is cleared only under the epoch that was written to. */
  epoch: number
  /** The index that the alias points to. */
  live: string
  /** All indexes that writes go to: the live one, and the one being filled. */
  targets: string[]
  /** Of the live index's mapping. */
  mappingHash: string
  filling?: { index: string; mappingHash: string; announcedAt: Date; aliveAt: Date; filled: number; total: number }
}

export const searchIndexModel = (connection: Connection) =>
  internalModel<SearchIndexRecord>(connection, {
    collection: 'searchIndexes',
    fields: {
      epoch: { type: Number, required: true },
      live: { type: String, required: true },
      targets: { type: [String], required: true },
      mappingHash: { type: String, required: true },
      filling: {
        type: { index: String, mappingHash: String, announcedAt: Date, aliveAt: Date, filled: Number, total: Number },
        _id: false,
      },
    },
  })
