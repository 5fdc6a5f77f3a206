import type { Connection } from 'mongoose'
import { readableModel } from '../storage/defineModel.ts'
import type { Readable } from '../storage/guardedReads.ts'

export interface Skill extends Readable {
  slug: string
  name: string
  aliases: string[]
  group: string
  description: string
  mergedInto?: string
  /** The merge that has reserved it, or by which it was merged. */
  merging?: string
  /** First stem of the name and of each alias: how a question finds the skills it may name. */
  firstWords: string[]
  sourceId?: string
}

export const skillModel = (connection: Connection) =>
  readableModel<Skill>(connection, {
    collection: 'skills',
    fields: {
      slug: { type: String, required: true },
      name: { type: String, required: true },
      aliases: [String],
      group: { type: String, required: true },
      description: String,
      mergedInto: String,
      merging: String,
      firstWords: [String],
      sourceId: String,
    },
    indexes: [[{ slug: 1 }, { unique: true }], [{ group: 1, name: 1 }], [{ firstWords: 1 }], [{ sourceId: 1 }], [{ mergedInto: 1 }]],
  })
