import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'
import type { FieldValue } from '../kinds/kind.ts'

/** Loaded through its article. `readers` are the article's when it was saved: publishing an article does not publish its drafts. */
export interface Revision {
  _id: string
  articleId: string
  revision: number
  title: string
  text: string
  /** Absent in revisions of before kinds had fields. */
  kind?: string
  fields?: FieldValue[]
  /** What whoever saved it says of the change. */
  summary?: string
  /** The earlier revision that it brings back. */
  restoredFrom?: number
  readers: string[]
  savedAt: Date
  savedById: string
}

export const revisionModel = (connection: Connection) =>
  internalModel<Revision>(connection, {
    collection: 'articleRevisions',
    fields: {
      articleId: { type: String, required: true },
      revision: { type: Number, required: true },
      title: String,
      text: String,
      kind: String,
      fields: {
        type: [{ name: String, text: String, number: Number, unit: String, date: Date, _id: false }],
        default: undefined,
      },
      summary: String,
      restoredFrom: Number,
      readers: [String],
      savedAt: { type: Date, required: true },
      savedById: { type: String, required: true },
    },
    indexes: [[{ articleId: 1, revision: 1 }]],
  })
