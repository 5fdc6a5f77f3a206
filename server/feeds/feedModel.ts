import type { Connection } from 'mongoose'
import { internalModel } from '../storage/defineModel.ts'

/** The secret part of somebody's feed addresses, with the person's id. Kept as it is, since pages print the addresses. */
export interface FeedSecret {
  _id: string
  token: string
  madeAt: Date
}

export const feedModels = (connection: Connection) => ({
  feedSecrets: internalModel<FeedSecret>(connection, {
    collection: 'feedSecrets',
    fields: { token: { type: String, required: true }, madeAt: { type: Date, required: true } },
    indexes: [[{ token: 1 }, { unique: true }]],
  }),
})
