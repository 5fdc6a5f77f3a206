import { type Connection, type IndexDefinition, type IndexOptions, type Model, Schema, type SchemaDefinition } from 'mongoose'
import { type GuardedModel, guardedReads, type Readable } from './guardedReads.ts'
import { readsTogether } from './readsTogether.ts'
import { type SearchableRecord, searchable } from './searchable.ts'

export interface Definition {
  collection: string
  fields: SchemaDefinition
  indexes?: readonly (readonly [IndexDefinition, IndexOptions?])[]
}

const options = { versionKey: false, minimize: false, strict: 'throw', id: false } as const

/** A model of records that the search engine holds a copy of: read with readableBy or asSystem, written with IndexedWrite. */
export function searchableModel<R extends SearchableRecord>(connection: Connection, definition: Definition): GuardedModel<R> {
  const schema = schemaOf(definition)
  searchable(schema as never)
  return modelOf(connection, definition, schema) as GuardedModel<R>
}

/** A model of records with readers that are not searched for: read with readableBy or asSystem. */
export function readableModel<R extends Readable>(connection: Connection, definition: Definition): GuardedModel<R> {
  const schema = schemaOf({
    ...definition,
    fields: { ...definition.fields, _id: { type: String, required: true }, readers: { type: [String], required: true } },
  })
  guardedReads(schema as never)
  return modelOf(connection, definition, schema) as GuardedModel<R>
}

/** A model of records that no person reads as such: accounts, links, settings. */
export function internalModel<R extends { _id: string }>(connection: Connection, definition: Definition): Model<R> {
  const schema = schemaOf({ ...definition, fields: { ...definition.fields, _id: { type: String, required: true } } })
  return modelOf(connection, definition, schema) as Model<R>
}

/** What reads joins them: after everything that may refuse a read. */
function modelOf(connection: Connection, { collection }: Definition, schema: Schema): unknown {
  readsTogether(schema as never)
  return connection.model(collection, schema, collection)
}

function schemaOf({ fields, indexes = [] }: Definition): Schema {
  const schema = new Schema(fields, options)
  for (const [keys, indexOptions] of indexes) schema.index(keys, indexOptions)
  return schema
}
