import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** What somebody needs at a day: for its hosts alone, and erased some time after it. */
export interface Need {
  /** The day's id and the person's. */
  _id: string
  dayId: string
  personId: string
  access?: string
  diet?: string
  eraseAt: Date
}

export const needModel = (connection: Connection) =>
  internalModel<Need>(connection, {
    collection: 'dayNeeds',
    fields: {
      dayId: { type: String, required: true },
      personId: { type: String, required: true },
      access: String,
      diet: String,
      eraseAt: { type: Date, required: true },
    },
    indexes: [[{ dayId: 1 }], [{ personId: 1 }], [{ eraseAt: 1 }]],
  })
