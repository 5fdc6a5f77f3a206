import { ObjectId, serialize } from 'bson'
import type { Catalogue, Collection, IndexDefinition } from './catalogue.ts'
import type { Doc } from './documentPaths.ts'
import { indexKeys } from './indexKeys.ts'
import { encodeKey, equalValues } from './keyEncoding.ts'
import { MongoError } from './mongoError.ts'
import type { StoreDatabase } from './storeDatabase.ts'
import { decode, StoredDoc } from './storedDoc.ts'
import type { Updater } from './updater.ts'

const largestDocumentBytes = 16 * 1024 * 1024

/** Writes single documents with their index entries: each wholly or not at all, within the transaction that is open. */
export class DocumentWrites {
  private readonly db: StoreDatabase
  private readonly catalogue: Catalogue

  constructor(db: StoreDatabase, catalogue: Catalogue) {
    this.db = db
    this.catalogue = catalogue
  }

  /** Bytes that begin with the id are kept as they are. */
  insert(collection: Collection, given: Doc | Buffer): Doc {
    const sent = given instanceof Uint8Array ? decode(given) : given
    const doc = Object.hasOwn(sent, '_id') ? { _id: sent._id, ...sent } : { _id: new ObjectId(), ...sent }
    refuseId(doc._id)
    const bytes = given instanceof Uint8Array && beginsWithId(given) ? notTooLarge(given) : encoded(doc)
    this.wholly(() => {
      const idkey = encodeKey(doc._id)
      if (this.db.first(`SELECT rid FROM c${collection.number} WHERE idkey = ?`, idkey) !== undefined)
        throw duplicate(collection, collection.indexes[0] as IndexDefinition, doc)
      const rid = this.db.run(`INSERT INTO c${collection.number} (idkey, doc) VALUES (?, ?)`, idkey, bytes)
      for (const index of collection.indexes.slice(1)) this.addEntries(collection, index, rid, doc)
    })
    return doc
  }

  /** @returns the document as it is now, and whether that is something else than before */
  update(collection: Collection, stored: StoredDoc, apply: Updater): { doc: Doc; modified: boolean } {
    const doc = decode(stored.bytes)
    apply(doc, false)
    if (!equalValues(doc._id, stored.doc._id))
      throw new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'")
    const bytes = encoded(doc)
    if (bytes.equals(stored.bytes)) return { doc, modified: false }
    this.wholly(() => {
      this.db.run(`UPDATE c${collection.number} SET doc = ? WHERE rid = ?`, bytes, stored.rid)
      for (const index of collection.indexes.slice(1)) this.moveEntries(collection, index, stored, doc)
    })
    return { doc, modified: true }
  }

  remove(collection: Collection, stored: StoredDoc): void {
    this.wholly(() => {
      this.db.run(`DELETE FROM c${collection.number} WHERE rid = ?`, stored.rid)
      for (const index of collection.indexes.slice(1)) this.removeEntries(index, stored.rid, indexKeys(index, stored.doc).keys)
    })
  }

  /** The document as it is now, unless it went away since it was found. */
  again(collection: Collection, rid: number): StoredDoc | undefined {
    const row = this.db.first<{ bytes: Buffer }>(`SELECT doc AS bytes FROM c${collection.number} WHERE rid = ?`, rid)
    return row === undefined ? undefined : new StoredDoc(rid, row.bytes)
  }

  addEntries(collection: Collection, index: IndexDefinition, rid: number, doc: Doc): void {
    const { keys, multikey } = indexKeys(index, doc)
    if (multikey) this.catalogue.noteMultikey(index)
    this.insertEntries(collection, index, rid, doc, keys)
  }

  private moveEntries(collection: Collection, index: IndexDefinition, stored: StoredDoc, doc: Doc): void {
    const before = indexKeys(index, stored.doc).keys
    const { keys: after, multikey } = indexKeys(index, doc)
    if (multikey) this.catalogue.noteMultikey(index)
    this.removeEntries(
      index,
      stored.rid,
      before.filter(key => !after.some(kept => kept.equals(key))),
    )
    this.insertEntries(
      collection,
      index,
      stored.rid,
      doc,
      after.filter(key => !before.some(kept => kept.equals(key))),
    )
  }

  private insertEntries(collection: Collection, index: IndexDefinition, rid: number, doc: Doc, keys: readonly Buffer[]): void {
    for (const key of keys) {
      if (index.unique && this.db.first(`SELECT rid FROM i${index.number} WHERE key = ? AND rid <> ?`, key, rid) !== undefined)
        throw duplicate(collection, index, doc)
      this.db.run(`INSERT OR IGNORE INTO i${index.number} (key, rid) VALUES (?, ?)`, key, rid)
    }
  }

  private removeEntries(index: IndexDefinition, rid: number, keys: readonly Buffer[]): void {
    for (const key of keys) this.db.run(`DELETE FROM i${index.number} WHERE key = ? AND rid = ?`, key, rid)
  }

  private wholly(work: () => void): void {
    this.db.exec('SAVEPOINT one')
    try {
      work()
      this.db.exec('RELEASE one')
    } catch (error) {
      if (this.db.inTransaction) {
        this.db.exec('ROLLBACK TO one')
        this.db.exec('RELEASE one')
      }
      throw error
    }
  }
}

const encoded = (doc: Doc): Buffer => notTooLarge(Buffer.from(serialize(doc, { ignoreUndefined: true })))
const beginsWithId = (bytes: Buffer) => bytes.toString('latin1', 5, 9) === '_id\0'

function notTooLarge(bytes: Buffer): Buffer {
  if (bytes.length > largestDocumentBytes)
    throw new MongoError(10334, `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and 16793600(16MB)`)
  return bytes
}

function refuseId(id: unknown): void {
  if (Array.isArray(id)) throw new MongoError(53, "The '_id' value cannot be of type array")
  if (id instanceof RegExp) throw new MongoError(53, "The '_id' value cannot be of type regex")
}

function duplicate(collection: Collection, index: IndexDefinition, doc: Doc): MongoError {
  const keyPattern = Object.fromEntries(index.keys.map(({ path, direction }) => [path, direction]))
  const keyValue = Object.fromEntries(
    index.keys.map(({ path }) => [path, path.split('.').reduce<unknown>((value, part) => (value as Doc | undefined)?.[part], doc) ?? null]),
  )
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${shownValue(value)}`)
  const message = `E11000 duplicate key error collection: ${collection.database}.${collection.name} index: ${index.name} dup key: { ${shown.join(', ')} }`
  return new MongoError(11000, message, { keyPattern, keyValue })
}

function shownValue(value: unknown): string {
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`
  return JSON.stringify(value)
}
