import { deserialize, serialize } from 'bson'
import type { Doc } from './documentPaths.ts'
import { type Matcher, matcher } from './matcher.ts'
import { MongoError } from './mongoError.ts'
import type { StoreDatabase } from './storeDatabase.ts'

export interface IndexDefinition {
  /** Names its table; 0 is the index on _id, which is the collection's own. */
  number: number
  name: string
  keys: { path: string; direction: 1 | -1 }[]
  unique: boolean
  sparse: boolean
  expireAfterSeconds?: number
  partial?: { filter: Doc; matches: Matcher }
  /** Whether some document ever had an array at one of the paths: then the index gives no order. */
  multikey: boolean
  /** As it was asked for, for listIndexes. */
  spec: Doc
}

export interface Collection {
  number: number
  database: string
  name: string
  indexes: IndexDefinition[]
}

/** Collections and indexes, kept in the file and in memory. */
export class Catalogue {
  private readonly db: StoreDatabase
  private collections = new Map<string, Collection>()

  constructor(db: StoreDatabase) {
    this.db = db
    db.exec(`
      CREATE TABLE IF NOT EXISTS collections (number INTEGER PRIMARY KEY, database TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (database, name));
      CREATE TABLE IF NOT EXISTS indexes (number INTEGER PRIMARY KEY, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL, multikey INTEGER NOT NULL);
    `)
    this.load()
  }

  /** Reads everything again: after a transaction was rolled back. */
  load(): void {
    this.collections = new Map()
    for (const row of this.db.all<{ number: number; database: string; name: string }>('SELECT * FROM collections')) {
      const rows = this.db.all<{ number: number; spec: Buffer; multikey: number }>(
        'SELECT * FROM indexes WHERE collection = ? ORDER BY number',
        row.number,
      )
      const indexes = rows.map(index => ({
        ...indexDefinition(deserialize(index.spec)),
        number: index.number,
        multikey: index.multikey === 1,
      }))
      this.collections.set(`${row.database}.${row.name}`, { ...row, indexes: [idIndex(), ...indexes] })
    }
  }

  find(database: string, name: string): Collection | undefined {
    return this.collections.get(`${database}.${name}`)
  }

  ofDatabase(database: string): Collection[] {
    return [...this.collections.values()].filter(collection => collection.database === database)
  }

  all(): Collection[] {
    return [...this.collections.values()]
  }

  findOrCreate(database: string, name: string): Collection {
    const known = this.find(database, name)
    if (known !== undefined) return known
    if (name === '' || name.includes('$')) throw new MongoError(73, `Invalid collection name specified '${database}.${name}'`)
    const number = this.db.run('INSERT INTO collections (database, name) VALUES (?, ?)', database, name)
    this.db.exec(`CREATE TABLE c${number} (rid INTEGER PRIMARY KEY, idkey BLOB NOT NULL UNIQUE, doc BLOB NOT NULL)`)
    const collection: Collection = { number, database, name, indexes: [idIndex()] }
    this.collections.set(`${database}.${name}`, collection)
    return collection
  }

  drop(collection: Collection): void {
    for (const { number } of collection.indexes) if (number > 0) this.db.exec(`DROP TABLE i${number}`)
    this.db.exec(`DROP TABLE c${collection.number}`)
    this.db.run('DELETE FROM indexes WHERE collection = ?', collection.number)
    this.db.run('DELETE FROM collections WHERE number = ?', collection.number)
    this.collections.delete(`${collection.database}.${collection.name}`)
  }

  /** @returns the new index, or undefined when the same one is there already */
  addIndex(collection: Collection, spec: Doc): IndexDefinition | undefined {
    const wanted = indexDefinition(spec)
    const sameName = collection.indexes.find(({ name }) => name === wanted.name)
    const sameKeys = collection.indexes.find(({ keys }) => JSON.stringify(keys) === JSON.stringify(wanted.keys))
    if (sameName !== undefined && sameName === sameKeys && sameOptions(sameName, wanted)) return undefined
    if (sameName !== undefined) throw new MongoError(86, `An existing index has the same name as the requested index: ${wanted.name}`)
    if (sameKeys !== undefined && sameOptions(sameKeys, wanted))
      throw new MongoError(85, `Index already exists with a different name: ${sameKeys.name}`)
    const number = this.db.run(
      'INSERT INTO indexes (collection, name, spec, multikey) VALUES (?, ?, ?, 0)',
      collection.number,
      wanted.name,
      bytesOf(spec),
    )
    this.db.exec(`CREATE TABLE i${number} (key BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY (key, rid)) WITHOUT ROWID`)
    const index = { ...wanted, number }
    collection.indexes.push(index)
    return index
  }

  dropIndex(collection: Collection, index: IndexDefinition): void {
    this.db.exec(`DROP TABLE i${index.number}`)
    this.db.run('DELETE FROM indexes WHERE number = ?', index.number)
    collection.indexes = collection.indexes.filter(other => other !== index)
  }

  noteMultikey(index: IndexDefinition): void {
    if (index.multikey) return
    index.multikey = true
    this.db.run('UPDATE indexes SET multikey = 1 WHERE number = ?', index.number)
  }
}

const bytesOf = (doc: Doc) => Buffer.from(serialize(doc))

const idIndex = (): IndexDefinition => ({ ...indexDefinition({ v: 2, key: { _id: 1 }, name: '_id_' }), unique: true })

/** @throws MongoError for a kind of index that there is not */
export function indexDefinition(spec: Doc): IndexDefinition {
  const keys = Object.entries(spec.key as Doc).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw new MongoError(67, `The embedded store has no index of the kind ${JSON.stringify(direction)}: use 1 or -1`)
    return { path, direction: direction as 1 | -1 }
  })
  const filter = spec.partialFilterExpression as Doc | undefined
  return {
    number: 0,
    name: String(spec.name ?? keys.map(({ path, direction }) => `${path}_${direction}`).join('_')),
    keys,
    unique: spec.unique === true,
    sparse: spec.sparse === true,
    ...(typeof spec.expireAfterSeconds === 'number' ? { expireAfterSeconds: spec.expireAfterSeconds } : {}),
    ...(filter === undefined ? {} : { partial: { filter, matches: matcher(filter) } }),
    multikey: false,
    spec,
  }
}

function sameOptions(a: IndexDefinition, b: IndexDefinition): boolean {
  const options = ({ unique, sparse, expireAfterSeconds, partial }: IndexDefinition) =>
    JSON.stringify([unique, sparse, expireAfterSeconds, partial?.filter])
  return options(a) === options(b)
}
