import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** What somebody voted for: only counts of it are shown, and none before the vote is closed. */
export interface Ballot {
  /** The day's id and the person's. */
  _id: string
  dayId: string
  personId: string
  organisationId: string
  dots: { priorityId: string; count: number }[]
}

export const ballotModel = (connection: Connection) =>
  internalModel<Ballot>(connection, {
    collection: 'ballots',
    fields: {
      dayId: { type: String, required: true },
      personId: { type: String, required: true },
      organisationId: { type: String, required: true },
      dots: [{ priorityId: String, count: Number, _id: false }],
    },
    indexes: [[{ dayId: 1 }], [{ personId: 1 }]],
  })
