import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** A question that somebody asked, and what came of it. */
export interface AskedQuery {
  _id: string
  /** The words that were typed, in one spelling. */
  words: string
  /** The words that were searched instead, since nobody wrote some of those typed. They stand in documents, which not everybody may read. */
  instead?: string
  askedAt: Date
  /** Who asked; taken away after 30 days. */
  personId?: string
  /** It narrows, sorts or pages through what is asked already. */
  isFollowUp: boolean
  /** How much was found of what this person may see. */
  found: number
  opened: Opening[]
  /** When the first result was opened. */
  openedAt?: Date
}

export interface Opening {
  type: string
  id: string
  /** In the list of its type, from 1; 0 is pinned above the lists. */
  position: number
}

/** Words that so many people searched for within 30 days that nobody can be meant by them. */
export interface SharedQuery {
  /** The words. */
  _id: string
  /** When this was last so. */
  sharedAt: Date
}

const opening = { type: { type: String, required: true }, id: { type: String, required: true }, position: { type: Number, required: true } }

export const queryLogModels = (connection: Connection) => ({
  askedQueries: internalModel<AskedQuery>(connection, {
    collection: 'askedQueries',
    fields: {
      words: { type: String, required: true },
      instead: String,
      askedAt: { type: Date, required: true },
      personId: String,
      isFollowUp: { type: Boolean, required: true },
      found: { type: Number, required: true },
      opened: { type: [{ ...opening, _id: false }], required: true },
      openedAt: Date,
    },
    indexes: [[{ askedAt: 1 }], [{ openedAt: 1 }], [{ personId: 1, askedAt: 1 }]],
  }),
  sharedQueries: internalModel<SharedQuery>(connection, {
    collection: 'sharedQueries',
    fields: { sharedAt: { type: Date, required: true } },
    indexes: [[{ sharedAt: 1 }]],
  }),
})
