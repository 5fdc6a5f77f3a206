import type { Connection } from 'mongoose'
import { internalModel } from '../storage/defineModel.ts'

/** What somebody signs in with. One per person, with the person's id. */
export interface Account {
  _id: string
  /** In small letters; unique. */
  email: string
  /** Absent until the invitation is accepted. */
  passwordHash?: string
  suspendedAt?: Date
  createdAt: Date
  passwordChangedAt?: Date
  /** Raised to end all sign-ins of the person: one that carries an older round is over. Counted, since clocks of processes differ. */
  round: number
}

/** The right to choose a password once. Only the hash of its token is kept. */
export interface AccessLink {
  _id: string
  personId: string
  purpose: 'invitation' | 'reset'
  expiresAt: Date
  createdById: string
}

/** As connect-mongo keeps them. */
export interface SignIn {
  _id: string
  expires: Date
  lastModified: Date
  session: { passport?: { user?: { personId: string; round: number } } }
}

/** As rate-limiter-flexible keeps them. */
interface TryCount {
  _id: string
  key: string
  points: number
  expire: Date
}

const whenItIsOver = { expireAfterSeconds: 0 }

export const accountModels = (connection: Connection) => ({
  accounts: internalModel<Account>(connection, {
    collection: 'accounts',
    fields: {
      email: { type: String, required: true },
      passwordHash: String,
      suspendedAt: Date,
      createdAt: { type: Date, required: true },
      passwordChangedAt: Date,
      round: { type: Number, required: true },
    },
    indexes: [[{ email: 1 }, { unique: true }]],
  }),
  accessLinks: internalModel<AccessLink>(connection, {
    collection: 'accessLinks',
    fields: { personId: String, purpose: String, expiresAt: Date, createdById: String },
    indexes: [[{ personId: 1 }], [{ expiresAt: 1 }, whenItIsOver]],
  }),
  signIns: internalModel<SignIn>(connection, {
    collection: 'signIns',
    fields: { expires: Date, lastModified: Date, session: Object },
    indexes: [[{ 'session.passport.user.personId': 1 }], [{ expires: 1 }, whenItIsOver]],
  }),
  tryCounts: internalModel<TryCount>(connection, {
    collection: 'tryCounts',
    fields: { key: String, points: Number, expire: Date },
    indexes: [
      [{ key: 1 }, { unique: true }],
      [{ expire: 1 }, whenItIsOver],
    ],
  }),
})

/** The collections of this folder, however many others the caller has. */
export type AccountModels = ReturnType<typeof accountModels>
