import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** The minutes of a day as somebody saved them, never changed afterwards. Loaded through the day, which says which of them are approved. */
export interface MinutesVersion {
  /** The day's id and the number: of two who save at once, one does. */
  _id: string
  dayId: string
  /** From 1. */
  number: number
  /** Markdown. */
  text: string
  savedAt: Date
  /** Absent when an import brought it. */
  savedById?: string
}

export const minutesModel = (connection: Connection) =>
  internalModel<MinutesVersion>(connection, {
    collection: 'dayMinutes',
    fields: {
      dayId: { type: String, required: true },
      number: { type: Number, required: true },
      text: { type: String, required: true },
      savedAt: { type: Date, required: true },
      savedById: String,
    },
    indexes: [[{ dayId: 1, number: 1 }]],
  })
