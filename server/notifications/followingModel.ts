import type { Connection } from 'mongoose'
import { internalModel } from '../storage/defineModel.ts'

/** What a person follows, under the person's id: "skill:<id>", in the order in which it was chosen. Empty once they follow nothing any more. */
export interface FollowedByPerson {
  _id: string
  follows: string[]
  /** Up to when it was looked whether there is news of it. */
  newsUntil?: Date
}

export const notificationModels = (connection: Connection) => ({
  followings: internalModel<FollowedByPerson>(connection, {
    collection: 'followings',
    fields: { follows: [String], newsUntil: Date },
    indexes: [[{ follows: 1 }]],
  }),
})
