import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** What is kept of the secret in somebody's calendar addresses, with the person's id. The secret itself is shown once. */
export interface CalendarSecret {
  _id: string
  tokenHash: string
  madeAt: Date
}

export const calendarModel = (connection: Connection) =>
  internalModel<CalendarSecret>(connection, {
    collection: 'calendarSecrets',
    fields: { tokenHash: { type: String, required: true }, madeAt: { type: Date, required: true } },
    indexes: [[{ tokenHash: 1 }, { unique: true }]],
  })
