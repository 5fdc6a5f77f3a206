import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** What stands first for whoever asks these queries. */
export interface Pin {
  _id: string
  /** As people write them. */
  queries: string[]
  /** Their spellings, of which no two pins have one in common. */
  spellings: string[]
  /** In the order in which they are shown. */
  records: PinnedReference[]
  /** Raised by every change: two administrators who edit compare it. */
  revision: number
  changedAt: Date
  /** Absent where it was imported. */
  changedById?: string
  sourceId?: string
}

/** A record of one of the types that are searched for. */
export interface PinnedReference {
  type: string
  id: string
}

const reference = { type: { type: String, required: true }, id: { type: String, required: true } }

export const pinModel = (connection: Connection) =>
  internalModel<Pin>(connection, {
    collection: 'pins',
    fields: {
      queries: { type: [String], required: true },
      spellings: { type: [String], required: true },
      records: { type: [{ ...reference, _id: false }], required: true },
      revision: { type: Number, required: true },
      changedAt: { type: Date, required: true },
      changedById: String,
      sourceId: String,
    },
    indexes: [[{ spellings: 1 }, { unique: true }], [{ sourceId: 1 }]],
  })
