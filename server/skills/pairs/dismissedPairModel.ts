import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** Two skills that look the same and are not. Its id is that of the pair. */
export interface DismissedPair {
  _id: string
  byId: string
  at: Date
}

export const dismissedPairModel = (connection: Connection) =>
  internalModel<DismissedPair>(connection, {
    collection: 'dismissedSkillPairs',
    fields: { byId: { type: String, required: true }, at: { type: Date, required: true } },
  })
