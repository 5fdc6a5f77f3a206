import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

export const matters = ['left', 'wrong', 'other'] as const
export const outcomes = ['handled', 'nothing'] as const

/** Somebody says that a profile is wrong, or that its person has left. Who keeps the person's account reads it, and whoever reported knows that they did. */
export interface ProfileReport {
  _id: string
  personId: string
  reporterId: string
  matter: (typeof matters)[number]
  words: string
  createdAt: Date
  state: 'open' | (typeof outcomes)[number]
  /** Of the reporter and the person as long as it is open: there is one of each. */
  openKey?: string
  settledAt?: Date
  settledById?: string
  /** What was done. */
  note?: string
}

const openOnly = { unique: true, partialFilterExpression: { openKey: { $exists: true } } }

export const profileReportModel = (connection: Connection) =>
  internalModel<ProfileReport>(connection, {
    collection: 'profileReports',
    fields: {
      personId: { type: String, required: true },
      reporterId: { type: String, required: true },
      matter: { type: String, enum: matters, required: true },
      words: String,
      createdAt: { type: Date, required: true },
      state: { type: String, enum: ['open', ...outcomes], required: true },
      ...{ openKey: String, settledAt: Date, settledById: String, note: String },
    },
    indexes: [[{ openKey: 1 }, openOnly], [{ state: 1, createdAt: 1 }], [{ reporterId: 1, createdAt: 1 }]],
  })
