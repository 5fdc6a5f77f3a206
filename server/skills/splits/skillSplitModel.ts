import type { Connection } from 'mongoose'
import { readableModel } from '../../storage/defineModel.ts'
import type { Readable } from '../../storage/guardedReads.ts'
import type { SkillHolder } from '../merges/skillHolder.ts'

/** What of a record's skill becomes the new one: "moves", or "both" when it keeps the old one too. */
export const splitWays = ['moves', 'both'] as const
export type SplitWay = (typeof splitWays)[number]

export interface SplitRecord {
  kind: SkillHolder['kind']
  recordId: string
  way: SplitWay
}

/** One skill that became two: decided when this record is written, then carried out step by step. */
export interface SkillSplit extends Readable {
  skillId: string
  /** Made when it is carried out. */
  newSkillId: string
  /** Of the new skill. */
  name: string
  aliases: string[]
  group: string
  description: string
  /** The new name was another name of the old skill. */
  hadName: boolean
  /** Of the old skill, what the preview showed. */
  version: string
  /** The others keep the old skill alone. */
  records: SplitRecord[]
  state: 'splitting' | 'split'
  /** There are steps left. */
  unfinished?: true
  createdAt: Date
  byId: string
}

const unfinishedOnly = { partialFilterExpression: { unfinished: { $exists: true } } }

export const skillSplitModel = (connection: Connection) =>
  readableModel<SkillSplit>(connection, {
    collection: 'skillSplits',
    fields: {
      skillId: { type: String, required: true },
      newSkillId: { type: String, required: true },
      name: { type: String, required: true },
      aliases: [String],
      group: { type: String, required: true },
      description: String,
      hadName: { type: Boolean, required: true },
      version: { type: String, required: true },
      records: [
        {
          _id: false,
          kind: { type: String, enum: ['person', 'article', 'request'], required: true },
          recordId: { type: String, required: true },
          way: { type: String, enum: splitWays, required: true },
        },
      ],
      state: { type: String, enum: ['splitting', 'split'], required: true },
      unfinished: Boolean,
      createdAt: { type: Date, required: true },
      byId: { type: String, required: true },
    },
    indexes: [[{ createdAt: -1 }], [{ unfinished: 1 }, unfinishedOnly]],
  })
