import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'
import { type FileKindId, fileKindIds } from './fileKinds.ts'

export const attachmentStates = ['checking', 'offered', 'refused'] as const
export const textStates = ['waiting', 'read', 'unreadable', 'none'] as const

/**
 * A file beside an article. It has no readers of its own: it is always loaded through its article. Its text is a record of its own, which lists do not
 * load.
 */
export interface Attachment {
  _id: string
  articleId: string
  name: string
  kind: FileKindId
  sizeBytes: number
  fileId: string
  /** Of a picture, in px. */
  picture?: { width: number; height: number }
  thumbnail?: { fileId: string; width: number; height: number }
  addedById: string
  addedAt: Date
  /** Nothing of it is offered, or read, before it is `offered`. */
  state: (typeof attachmentStates)[number]
  /** What the virus scanner found. */
  refusal?: string
  text: {
    state: (typeof textStates)[number]
    /** Why it could not be read, or not all of it. */
    note?: string
  }
  /** Raised with each change of what the article's search document shows of it. */
  rev: number
  /** Since when the article's search document does not show it as it is. */
  pendingSince?: Date
  /** It is no more; its record stays until the article's search document is made without it. */
  removedAt?: Date
}

/** What a file says, in its parts: `page 4`, `slide 2`, a sheet by its name; one without a name when it has no parts. */
export interface AttachmentText {
  /** The attachment's. */
  _id: string
  articleId: string
  parts: { name?: string; text: string }[]
}

const pendingOnly = { partialFilterExpression: { pendingSince: { $exists: true } } }

export const attachmentModels = (connection: Connection) => ({
  attachments: internalModel<Attachment>(connection, {
    collection: 'attachments',
    fields: {
      articleId: { type: String, required: true },
      name: { type: String, required: true },
      kind: { type: String, enum: fileKindIds, required: true },
      sizeBytes: { type: Number, required: true },
      fileId: { type: String, required: true },
      picture: { type: { width: Number, height: Number }, _id: false },
      thumbnail: { type: { fileId: String, width: Number, height: Number }, _id: false },
      addedById: { type: String, required: true },
      addedAt: { type: Date, required: true },
      state: { type: String, enum: attachmentStates, required: true },
      refusal: String,
      text: { type: { state: { type: String, enum: textStates }, note: String }, _id: false, required: true },
      rev: { type: Number, required: true },
      pendingSince: Date,
      removedAt: Date,
    },
    indexes: [[{ articleId: 1, addedAt: 1 }], [{ pendingSince: 1 }, pendingOnly], [{ state: 1 }], [{ 'text.state': 1 }]],
  }),
  attachmentTexts: internalModel<AttachmentText>(connection, {
    collection: 'attachmentTexts',
    fields: {
      articleId: { type: String, required: true },
      parts: [{ name: String, text: String, _id: false }],
    },
    indexes: [[{ articleId: 1 }]],
  }),
})
