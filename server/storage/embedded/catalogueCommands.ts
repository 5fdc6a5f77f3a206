import type { Collection } from './catalogue.ts'
import type { Cursors } from './cursors.ts'
import type { Doc } from './documentPaths.ts'
import { MongoError } from './mongoError.ts'
import type { RawReply } from './rawReply.ts'
import type { Session } from './store.ts'

export async function create(session: Session, database: string, command: Doc): Promise<Doc> {
  const name = String(command.create)
  if (command.capped || command.timeseries || command.viewOn) throw new MongoError(115, 'The embedded store has plain collections only')
  if (session.catalogue.find(database, name) !== undefined) throw new MongoError(48, `Collection ${database}.${name} already exists.`)
  session.write(() => session.catalogue.findOrCreate(database, name))
  return { ok: 1 }
}

export async function createIndexes(session: Session, database: string, command: Doc): Promise<Doc> {
  const collection = session.write(() => session.catalogue.findOrCreate(database, String(command.createIndexes)))
  const numIndexesBefore = collection.indexes.length
  for (const spec of command.indexes as Doc[]) {
    if (spec.collation !== undefined) throw new MongoError(115, 'The embedded store does not support collation')
    const kept = { v: 2, ...spec }
    const index = session.write(() => session.catalogue.addIndex(collection, kept))
    if (index === undefined) continue
    try {
      await session.buildIndex(collection, index)
    } catch (error) {
      session.write(() => session.catalogue.dropIndex(collection, index))
      throw error
    }
  }
  return { numIndexesBefore, numIndexesAfter: collection.indexes.length, createdCollectionAutomatically: false, ok: 1 }
}

export async function listIndexes(session: Session, database: string, command: Doc, cursors: Cursors): Promise<RawReply> {
  const collection = existing(session, database, String(command.listIndexes))
  return cursors.openMade(
    `${database}.${collection.name}`,
    collection.indexes.map(({ spec }) => spec),
    Number.MAX_SAFE_INTEGER,
  )
}

export async function dropIndexes(session: Session, database: string, command: Doc): Promise<Doc> {
  const collection = existing(session, database, String(command.dropIndexes))
  const nIndexesWas = collection.indexes.length
  const wanted = [command.index].flat()
  const named = collection.indexes.filter(({ name, number }) => number > 0 && (wanted.includes('*') || wanted.includes(name)))
  if (named.length === 0 && !wanted.includes('*')) throw new MongoError(27, `index not found with name [${wanted.join(', ')}]`)
  for (const index of named) session.write(() => session.catalogue.dropIndex(collection, index))
  return { nIndexesWas, ok: 1 }
}

export async function listCollections(session: Session, database: string, command: Doc, cursors: Cursors): Promise<RawReply> {
  const wanted = (command.filter as Doc | undefined)?.name
  const collections = session.catalogue.ofDatabase(database).filter(({ name }) => wanted === undefined || wanted === name)
  const docs = collections.map(({ name }) => ({
    name,
    type: 'collection',
    options: {},
    info: { readOnly: false },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  }))
  return cursors.openMade(`${database}.$cmd.listCollections`, docs, Number.MAX_SAFE_INTEGER)
}

export async function drop(session: Session, database: string, command: Doc): Promise<Doc> {
  const collection = session.catalogue.find(database, String(command.drop))
  if (collection === undefined) return { ok: 1 }
  session.write(() => session.catalogue.drop(collection))
  return { ns: `${database}.${collection.name}`, nIndexesWas: collection.indexes.length, ok: 1 }
}

export async function dropDatabase(session: Session, database: string): Promise<Doc> {
  for (const collection of session.catalogue.ofDatabase(database)) session.write(() => session.catalogue.drop(collection))
  return { dropped: database, ok: 1 }
}

function existing(session: Session, database: string, name: string): Collection {
  const collection = session.catalogue.find(database, name)
  if (collection === undefined) throw new MongoError(26, `ns does not exist: ${database}.${name}`)
  return collection
}
