import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** Words and names that mean the same: SLA, service level agreement. */
export interface SynonymGroup {
  _id: string
  /** As people write them. */
  wordings: string[]
  /** Their spellings, of which no two groups have one in common. */
  spellings: string[]
  /** Raised by every change: two administrators who edit compare it. */
  revision: number
  changedAt: Date
  /** Absent where it was imported. */
  changedById?: string
  sourceId?: string
}

export const synonymModel = (connection: Connection) =>
  internalModel<SynonymGroup>(connection, {
    collection: 'synonymGroups',
    fields: {
      wordings: { type: [String], required: true },
      spellings: { type: [String], required: true },
      revision: { type: Number, required: true },
      changedAt: { type: Date, required: true },
      changedById: String,
      sourceId: String,
    },
    indexes: [[{ spellings: 1 }, { unique: true }], [{ sourceId: 1 }]],
  })
