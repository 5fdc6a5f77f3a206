import type { Query, Schema } from 'mongoose'
import { guardedReads, type Readable } from './guardedReads.ts'

/** What every record carries that the search engine holds a copy of. */
export interface SearchableRecord extends Readable {
  slug: string
  /** Raised with each change of what the engine sees: the version of its copy. */
  rev: number
  /** Since when the engine's copy is behind; absent when it is not. */
  pendingSince?: Date
  /** Content erased; kept until the engine cannot take an older copy any more. */
  deletedAt?: Date
  titleWords: string[]
  /** Why the engine refused this record, how often, and when it is tried again. */
  rejection?: { reason: string; attempts: number; retryAt: Date }
}

const allowed = new WeakSet<object>()
const pendingOnly = { partialFilterExpression: { pendingSince: { $exists: true } } }
const tombstonesOnly = { partialFilterExpression: { deletedAt: { $exists: true } } }

/** Marks a query or a batch of records as coming from indexedWrite. */
export const allowWrite = <T extends object>(write: T): T => {
  allowed.add(write)
  return write
}

/** A mongoose plugin: adds the fields of SearchableRecord and refuses every write that does not go through indexedWrite. */
export function searchable(schema: Schema<never, never, never, never>): void {
  guardedReads(schema)
  schema.add({
    _id: { type: String, required: true },
    slug: { type: String, required: true },
    readers: { type: [String], required: true },
    rev: { type: Number, required: true },
    pendingSince: Date,
    deletedAt: Date,
    titleWords: [String],
    rejection: { type: { reason: String, attempts: Number, retryAt: Date }, _id: false },
  } as never)
  schema.index({ slug: 1 }, { unique: true })
  schema.index({ pendingSince: 1 }, pendingOnly)
  schema.index({ deletedAt: 1 }, tombstonesOnly)
  schema.index({ titleWords: 1 })
  schema.pre(
    ['updateOne', 'updateMany', 'findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete', 'replaceOne', 'deleteOne', 'deleteMany'],
    { query: true, document: false },
    function (this: Query<unknown, unknown>) {
      if (!allowed.has(this)) throw outsideIndexedWrite(this.model.modelName)
    },
  )
  schema.pre('save', () => {
    throw outsideIndexedWrite('a document')
  })
  schema.pre('insertMany', (records: object) => {
    if (!allowed.has(records)) throw outsideIndexedWrite('many documents')
  })
  schema.pre('bulkWrite', (operations: object) => {
    if (!allowed.has(operations)) throw outsideIndexedWrite('many documents')
  })
}

const outsideIndexedWrite = (what: string) => new Error(`A write to ${what} outside indexedWrite: the search engine would not hear of it`)
