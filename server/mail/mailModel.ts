import type { Connection } from 'mongoose'
import { internalModel } from '../storage/defineModel.ts'

/**
 * waiting: due at some time; taken: somebody prepares it; handing over: the mail server has begun to take it; sent; dropped: there was nothing to say
 * any more; failed: given up; unknown: the process or the connection ended while the server took it, so it may have arrived.
 */
export const mailStates = ['waiting', 'taken', 'handing over', 'sent', 'dropped', 'failed', 'unknown'] as const
export type MailState = (typeof mailStates)[number]

/** A mail on its way. What it says is written when it is sent, from what its reader may know then, so nothing of it is kept here. */
export interface Mail {
  /** Its Message-ID is made of it: the same at each try. */
  _id: string
  personId: string
  /** Of its MailType. */
  type: string
  /** What it is about, where the type needs to be told. */
  about?: string
  state: MailState
  createdAt: Date
  /** Not before. */
  dueAt: Date
  attempts: number
  /** Raised each time it is taken: whoever took it before hands nothing over any more. */
  fence: number
  lastError?: string
  endedAt?: Date
}

export const mailModels = (connection: Connection) => ({
  mails: mailModel(connection),
})

const mailModel = (connection: Connection) =>
  internalModel<Mail>(connection, {
    collection: 'mails',
    fields: {
      personId: { type: String, required: true },
      type: { type: String, required: true },
      state: { type: String, enum: mailStates, required: true },
      createdAt: { type: Date, required: true },
      dueAt: { type: Date, required: true },
      attempts: { type: Number, required: true },
      fence: { type: Number, required: true },
      ...{ about: String, lastError: String, endedAt: Date },
    },
    indexes: [[{ state: 1, dueAt: 1 }], [{ state: 1, endedAt: -1 }], [{ personId: 1 }]],
  })
