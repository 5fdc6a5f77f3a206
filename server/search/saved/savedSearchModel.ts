import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

export const alerts = ['none', 'daily', 'weekly'] as const
export type Alert = (typeof alerts)[number]

/** A question that somebody keeps, for themselves alone. */
export interface SavedSearch {
  _id: string
  personId: string
  name: string
  /** As in the address of its results, after the question mark. */
  query: string
  alert: Alert
  createdAt: Date
  /** When it was last looked for new matches. */
  checkedAt?: Date
  /** What was found before: "article:<id>". */
  seen: string[]
  /** What was new when something last was, the newest first. */
  fresh: string[]
  foundAt?: Date
  /** Since when its owner has seen what is new. */
  openedAt?: Date
  /** It found more than can be compared, so new ones of these types are not noticed. */
  tooMany: string[]
}

export const savedSearchModel = (connection: Connection) =>
  internalModel<SavedSearch>(connection, {
    collection: 'savedSearches',
    fields: {
      personId: { type: String, required: true },
      name: { type: String, required: true },
      query: { type: String, required: true },
      alert: { type: String, enum: alerts, required: true },
      createdAt: { type: Date, required: true },
      checkedAt: Date,
      seen: [String],
      fresh: [String],
      foundAt: Date,
      openedAt: Date,
      tooMany: [String],
    },
    indexes: [[{ personId: 1, name: 1 }], [{ alert: 1, _id: 1 }]],
  })
