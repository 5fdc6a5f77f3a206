import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'
import type { Difference, DriftKind } from './drift.ts'

/** What the last comparison of the search engine with the database found. There is one, `last`. */
export interface DriftWalkRecord {
  _id: 'last'
  beganAt: Date
  endedAt: Date
  compared: number
  found: Record<DriftKind, number>
  repaired: number
  /** The first few, without their content. */
  first: Pick<Difference, 'type' | 'id' | 'kind'>[]
}

const count = { type: Number, required: true }

export const driftWalkModel = (connection: Connection) =>
  internalModel<DriftWalkRecord>(connection, {
    collection: 'driftWalks',
    fields: {
      beganAt: { type: Date, required: true },
      endedAt: { type: Date, required: true },
      compared: count,
      found: { type: { missing: count, ghost: count, stale: count, different: count }, _id: false },
      repaired: count,
      first: [{ type: { type: String }, id: String, kind: String, _id: false }],
    },
  })
