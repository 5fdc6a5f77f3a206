import type { Connection } from 'mongoose'
import { internalModel } from '../storage/defineModel.ts'

/** What administrators of the partnership decide; one record each, so that two of them change different ones at once. */
export const keptSettings = ['partnership', 'logo', 'help', 'security', 'requests', 'privacy', 'accessibility', 'cookies'] as const
export type SettingId = (typeof keptSettings)[number]

/** Besides them, tokens of the first run and the secret of the sign-in cookies. */
export interface Setting extends KeptSetting {
  _id: SettingId | 'first-run' | 'sign-in-secret'
  createdAt?: Date
  /** Present until organisation, person and account of the first run are made. */
  firstRun?: FirstRun
  tokenHashes?: string[]
  secret?: string
}

export interface KeptSetting {
  /** Of the partnership. */
  name?: string
  /** Of the partnership, as #rrggbb; absent for the site's own. */
  colour?: string
  logo?: Logo
  help?: Help
  /** Who is told of weaknesses: an e-mail address or an https address. */
  contact?: string
  /** After how many days a request without an answer rises each time. */
  requestDays?: number[]
  /** Markdown; absent for the text that the site comes with. */
  text?: string
  /** Raised by every change: two administrators who edit compare it. */
  revision?: number
  changedById?: string
  changedAt?: Date
}

export interface Logo {
  fileId: string
  /** Of its bytes: a part of its address. */
  version: string
  /** In CSS pixels, as it is shown. */
  width: number
  height: number
}

/** Whom people ask when the site does not help them. */
export interface Help {
  name: string
  email?: string
  phone?: string
}

export interface FirstRun {
  organisationId: string
  organisationName: string
  personId: string
  personName: string
  email: string
  passwordHash: string
}

export const settingModels = (connection: Connection) => ({
  settings: internalModel<Setting>(connection, {
    collection: 'settings',
    fields: {
      ...{ name: String, createdAt: Date, firstRun: Object, tokenHashes: { type: [String], default: undefined }, secret: String },
      ...{ colour: String, logo: Object, help: Object, contact: String, text: String, requestDays: { type: [Number], default: undefined } },
      ...{ revision: Number, changedById: String, changedAt: Date },
    },
  }),
})

export type SettingModels = ReturnType<typeof settingModels>
