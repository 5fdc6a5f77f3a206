import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'
import { type Level, levels } from '../levels.ts'

export const answers = ['hidden', 'contested'] as const

/**
 * A colleague says that somebody has a skill which they declare. Its id is made of the three, so that there is one of each. It is read through the
 * profile; one that its person hides or contests is for the two alone, and counts for nothing.
 */
export interface Confirmation {
  _id: string
  personId: string
  /** As it was then: a skill that was merged since counts as the one that it was merged into. */
  skillId: string
  byId: string
  /** Which level was declared then. */
  level: Level
  confirmedAt: Date
  /** What the confirmed person did about it; it stays when it is withdrawn and given again. */
  answer?: (typeof answers)[number]
  /** Why it is contested. */
  words?: string
  withdrawn?: true
}

export const confirmationId = ({ personId, skillId, byId }: Pick<Confirmation, 'personId' | 'skillId' | 'byId'>): string =>
  `${personId}:${skillId}:${byId}`

export const confirmationModel = (connection: Connection) =>
  internalModel<Confirmation>(connection, {
    collection: 'confirmations',
    fields: {
      personId: { type: String, required: true },
      skillId: { type: String, required: true },
      byId: { type: String, required: true },
      level: { type: String, enum: levels, required: true },
      confirmedAt: { type: Date, required: true },
      answer: { type: String, enum: answers },
      words: String,
      withdrawn: Boolean,
    },
    indexes: [[{ personId: 1, skillId: 1 }], [{ skillId: 1 }]],
  })
