import type { Model, Query, Schema } from 'mongoose'
import type { Reader } from '../access/accessTokens.ts'

/** Records that somebody may read and somebody may not. */
export interface Readable {
  _id: string
  readers: string[]
}

export interface GuardedQueries {
  /** Only what this person may see. */
  readableBy<Q>(this: Q, reader: Reader): Q
  /** Everything: for work that no person asked for. The reason is for the reader of the code. */
  asSystem<Q>(this: Q, reason: string): Q
}

export type GuardedModel<R extends Readable> = Model<R, GuardedQueries>

const granted = new WeakSet<object>()

/** A mongoose plugin: a read that says neither for whom nor why is refused, so that the filter cannot be forgotten. */
export function guardedReads(schema: Schema<never, never, never, never>): void {
  const queries = schema.query as Record<string, unknown>
  queries.readableBy = function (this: Query<unknown, unknown>, reader: Reader) {
    granted.add(this)
    return this.and([{ readers: { $in: [...reader.tokens] } }])
  }
  queries.asSystem = function (this: Query<unknown, unknown>, _reason: string) {
    granted.add(this)
    return this
  }
  schema.pre(['find', 'findOne', 'countDocuments', 'distinct', 'estimatedDocumentCount'], function (this: Query<unknown, unknown>) {
    if (!granted.has(this)) throw new Error(`A read of ${this.model.modelName} without readableBy(person) or asSystem(reason)`)
  })
  schema.pre('aggregate', () => {
    throw new Error('Aggregation is not for records with readers: it would go past the filter')
  })
}
