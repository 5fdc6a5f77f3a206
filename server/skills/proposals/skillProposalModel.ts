import type { Connection } from 'mongoose'
import type { DeclaredSkill } from '../../people/personModel.ts'
import { readableModel } from '../../storage/defineModel.ts'
import type { Readable } from '../../storage/guardedReads.ts'
import { levels, willingness } from '../levels.ts'
import type { SkillContent } from '../skillKeeping.ts'

export const proposalStates = ['open', 'accepted', 'alias', 'declined'] as const

/** Whose profile the skill is missing on, and how it would stand there. */
export interface Proposer extends Omit<DeclaredSkill, 'skillId'> {
  personId: string
  /** Who typed it: the person, or an administrator of their organisation. */
  byId: string
  at: Date
  why?: string
}

/** A skill that somebody misses in the vocabulary. Others who miss the same join it as long as it is open. */
export interface SkillProposal extends Readable {
  name: string
  group?: string
  proposers: Proposer[]
  createdAt: Date
  state: (typeof proposalStates)[number]
  /** The spelling of the name as long as it is open: there is one proposal of each. */
  openSpelling?: string
  /** Counts the changes; two people at once compare it. */
  revision: number
  decidedAt?: Date
  decidedById?: string
  /** The skill that came of it, or of which it is an alias. */
  skillId?: string
  /** The accepted skill, until it is there. */
  content?: SkillContent
  /** Why it was declined. */
  reason?: string
  /** Decided, and not yet in the vocabulary and on the profiles. */
  unfinished?: true
}

const openOnly = { unique: true, partialFilterExpression: { openSpelling: { $exists: true } } }
const unfinishedOnly = { partialFilterExpression: { unfinished: { $exists: true } } }

export const skillProposalModel = (connection: Connection) =>
  readableModel<SkillProposal>(connection, {
    collection: 'skillProposals',
    fields: {
      name: { type: String, required: true },
      proposers: [
        {
          _id: false,
          personId: { type: String, required: true },
          byId: { type: String, required: true },
          at: { type: Date, required: true },
          level: { type: String, enum: levels, required: true },
          lastUsed: Date,
          willing: { type: [String], enum: willingness },
          why: String,
        },
      ],
      createdAt: { type: Date, required: true },
      state: { type: String, enum: proposalStates, required: true },
      revision: { type: Number, required: true },
      content: { type: { name: String, aliases: [String], group: String, description: String }, _id: false },
      ...{
        group: String,
        openSpelling: String,
        decidedAt: Date,
        decidedById: String,
        skillId: String,
        reason: String,
        unfinished: Boolean,
      },
    },
    indexes: [
      [{ openSpelling: 1 }, openOnly],
      [{ unfinished: 1 }, unfinishedOnly],
      [{ state: 1, createdAt: 1 }],
      [{ 'proposers.personId': 1, createdAt: -1 }],
    ],
  })
