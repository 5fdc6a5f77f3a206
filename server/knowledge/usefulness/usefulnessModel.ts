import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** Whether an article was of use to somebody: one of each person. Its id is made of the two. */
export interface UsefulnessVote {
  _id: string
  articleId: string
  personId: string
  isUseful: boolean
  why?: string
  votedAt: Date
}

export const usefulnessModel = (connection: Connection) =>
  internalModel<UsefulnessVote>(connection, {
    collection: 'usefulnessVotes',
    fields: {
      articleId: { type: String, required: true },
      personId: { type: String, required: true },
      isUseful: { type: Boolean, required: true },
      why: String,
      votedAt: { type: Date, required: true },
    },
    indexes: [[{ articleId: 1, votedAt: -1 }], [{ personId: 1 }]],
  })
