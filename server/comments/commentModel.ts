import type { Connection } from 'mongoose'
import { internalModel } from '../storage/defineModel.ts'

/** What somebody says under a record. It has no readers of its own: it is loaded through its parent. */
export interface Comment {
  _id: string
  /** The search type of its parent: "article". */
  parentType: string
  parentId: string
  byId: string
  /** Markdown. */
  text: string
  /** The words of its parent that it is about; left out, the whole. */
  passage?: string
  at: Date
  resolved?: { byId: string; at: Date }
  /** Raised with each change, for the index. */
  rev: number
  /** Its parent's search document does not say it yet. */
  pendingSince?: Date
  /** Text erased; it goes when the parent's document is without it. */
  deletedAt?: Date
}

const pendingOnly = { partialFilterExpression: { pendingSince: { $exists: true } } }

export const commentModel = (connection: Connection) =>
  internalModel<Comment>(connection, {
    collection: 'comments',
    fields: {
      parentType: { type: String, required: true },
      parentId: { type: String, required: true },
      byId: { type: String, required: true },
      ...{ text: String, passage: String },
      at: { type: Date, required: true },
      resolved: { type: { byId: String, at: Date }, _id: false },
      rev: { type: Number, required: true },
      ...{ pendingSince: Date, deletedAt: Date },
    },
    indexes: [[{ pendingSince: 1 }, pendingOnly], [{ parentId: 1, at: 1 }], [{ byId: 1, at: -1 }]],
  })
