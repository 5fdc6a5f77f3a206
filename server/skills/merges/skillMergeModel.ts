import type { Connection } from 'mongoose'
import { internalModel, readableModel } from '../../storage/defineModel.ts'
import type { Readable } from '../../storage/guardedReads.ts'
import { levels, willingness } from '../levels.ts'
import type { HeldSkill, Move } from './heldSkills.ts'
import type { SkillHolder } from './skillHolder.ts'

export const mergeStates = ['merging', 'merged', 'undoing', 'undone'] as const

/** One skill that became another: decided when this record is written, then carried out step by step. */
export interface SkillMerge extends Readable {
  mergedId: string
  keptId: string
  /** As it was then; the first is the skill's name, the others were its other names. */
  names: string[]
  /** Its own name does not become one of the kept one: it was none before the two were split. */
  withoutName?: true
  /** Of each skill, what the preview showed. */
  versions: { merged: string; kept: string }
  /** Skills that had been merged into the merged one before. */
  followingIds: string[]
  state: (typeof mergeStates)[number]
  /** There are steps left. */
  unfinished?: true
  createdAt: Date
  byId: string
  undoneAt?: Date
  undoneById?: string
}

/** What a merge did to one record, kept before it is done, so that it can be undone. */
export interface SkillMove extends Move {
  _id: string
  mergeId: string
  kind: SkillHolder['kind']
  recordId: string
  /** Of the record, when it was read. */
  rev: number
  /** When the merge was undone; "left" is what somebody had changed since. */
  undone?: 'restored' | 'left'
}

const unfinishedOnly = { partialFilterExpression: { unfinished: { $exists: true } } }
const held: Record<keyof HeldSkill, object> = {
  skillId: { type: String, required: true },
  level: { type: String, enum: levels },
  lastUsed: { type: Date },
  willing: { type: [String], enum: willingness, default: undefined },
}

export const skillMergeModels = (connection: Connection) => ({
  skillMerges: readableModel<SkillMerge>(connection, {
    collection: 'skillMerges',
    fields: {
      mergedId: { type: String, required: true },
      keptId: { type: String, required: true },
      names: { type: [String], required: true },
      withoutName: Boolean,
      versions: { type: { merged: String, kept: String }, _id: false, required: true },
      followingIds: [String],
      state: { type: String, enum: mergeStates, required: true },
      unfinished: Boolean,
      createdAt: { type: Date, required: true },
      byId: { type: String, required: true },
      undoneAt: Date,
      undoneById: String,
    },
    indexes: [[{ createdAt: -1 }], [{ unfinished: 1 }, unfinishedOnly]],
  }),
  skillMoves: internalModel<SkillMove>(connection, {
    collection: 'skillMoves',
    fields: {
      mergeId: { type: String, required: true },
      kind: { type: String, enum: ['person', 'article', 'request'], required: true },
      recordId: { type: String, required: true },
      rev: { type: Number, required: true },
      before: [{ ...held, _id: false }],
      after: { type: held, _id: false },
      undone: { type: String, enum: ['restored', 'left'] },
    },
    indexes: [[{ mergeId: 1, undone: 1 }]],
  }),
})
