import type { Connection } from 'mongoose'
import { internalModel } from '../storage/defineModel.ts'

/** What no other record says of a newcomer's first steps, under the person's id. */
export interface StepsTaken {
  _id: string
  searchedAt?: Date
  /** Since when they do not want to see the steps. */
  hiddenAt?: Date
}

export const homeModels = (connection: Connection) => ({
  firstSteps: internalModel<StepsTaken>(connection, {
    collection: 'firstSteps',
    fields: { searchedAt: Date, hiddenAt: Date },
  }),
})
