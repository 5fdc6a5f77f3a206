import { setImmediate as breathe } from 'node:timers/promises'
import { Catalogue, type Collection, type IndexDefinition } from './catalogue.ts'
import { type Scan, scan } from './collectionScan.ts'
import type { Doc } from './documentPaths.ts'
import { DocumentWrites } from './documentWrites.ts'
import { GroupCommit } from './groupCommit.ts'
import { equalValues } from './keyEncoding.ts'
import { isOperators, matcher } from './matcher.ts'
import { StoreDatabase } from './storeDatabase.ts'
import type { StoredDoc } from './storedDoc.ts'
import type { Updater } from './updater.ts'

const sliceMs = 5

/** One command's view of the store: it remembers in which transaction it began to write. */
export class Session {
  private readonly store: Store
  private since: number | undefined

  constructor(store: Store) {
    this.store = store
  }

  get catalogue(): Catalogue {
    return this.store.catalogue
  }

  get hasWritten(): boolean {
    return this.since !== undefined
  }

  scan(collection: Collection, wanted: Scan): AsyncGenerator<StoredDoc> {
    return scan(this.store.db, collection, wanted)
  }

  /** Does something that writes. */
  write<T>(work: () => T): T {
    const number = this.store.commits.begin()
    this.since ??= number
    return work()
  }

  insert(collection: Collection, doc: Doc | Buffer): Doc {
    return this.write(() => this.store.writes.insert(collection, doc))
  }

  /** Changes a document that a scan found, if it still matches; null when it does not. */
  update(collection: Collection, found: StoredDoc, filter: Doc, apply: Updater): { before: Doc; doc: Doc; modified: boolean } | null {
    const stored = this.store.writes.again(collection, found.rid)
    if (stored === undefined || !matcher(filter)(stored.doc)) return null
    return this.write(() => ({ before: stored.doc, ...this.store.writes.update(collection, stored, apply) }))
  }

  remove(collection: Collection, found: StoredDoc, filter: Doc): boolean {
    const stored = this.store.writes.again(collection, found.rid)
    if (stored === undefined || !matcher(filter)(stored.doc)) return false
    this.write(() => this.store.writes.remove(collection, stored))
    return true
  }

  async buildIndex(collection: Collection, index: IndexDefinition): Promise<void> {
    let turn = performance.now()
    for await (const stored of this.scan(collection, { filter: {} })) {
      this.write(() => this.store.writes.addEntries(collection, index, stored.rid, stored.doc))
      if (performance.now() - turn > sliceMs) await breathe()
      turn = performance.now()
    }
  }

  /** Resolves when what this command wrote, and what it may have seen, is on disk. */
  durable(): Promise<void> {
    return this.store.commits.durable(this.since)
  }
}

/** The file, its catalogue, and the way writes become durable. */
export class Store {
  readonly db: StoreDatabase
  readonly catalogue: Catalogue
  readonly writes: DocumentWrites
  readonly commits: GroupCommit

  constructor(file: string) {
    this.db = new StoreDatabase(file)
    this.db.exec('BEGIN IMMEDIATE')
    this.catalogue = new Catalogue(this.db)
    this.db.exec('COMMIT')
    this.writes = new DocumentWrites(this.db, this.catalogue)
    this.commits = new GroupCommit(this.db, () => this.catalogue.load())
  }

  /** Removes what TTL indexes say is over. */
  async sweep(now: Date): Promise<void> {
    for (const collection of this.catalogue.all()) {
      for (const { keys, expireAfterSeconds } of collection.indexes) {
        if (expireAfterSeconds === undefined || keys[0] === undefined) continue
        const session = new Session(this)
        const filter = { [keys[0].path]: { $lt: new Date(now.getTime() - expireAfterSeconds * 1_000) } }
        for await (const stored of session.scan(collection, { filter })) session.remove(collection, stored, filter)
        await session.durable()
      }
    }
  }

  close(): void {
    this.commits.flush()
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    this.db.close()
  }
}

/** What an upsert begins with: the fields that the filter sets equal to something. */
export function upsertBase(filter: Doc): Doc {
  const base: Doc = {}
  for (const [name, operand] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(operand)) for (const part of operand) Object.assign(base, upsertBase(part as Doc))
    if (name.startsWith('$')) continue
    const value = isOperators(operand) ? operand.$eq : operand
    if (value !== undefined && !(value instanceof RegExp)) setDotted(base, name.split('.'), value)
  }
  return base
}

function setDotted(doc: Doc, [first, ...rest]: string[], value: unknown): void {
  if (first === undefined) return
  if (rest.length === 0) doc[first] = value
  else {
    const inner = (doc[first] ?? {}) as Doc
    doc[first] = inner
    setDotted(inner, rest, value)
  }
}

/** Values once each, by MongoDB's equality. */
export function distinctValues(values: readonly unknown[]): unknown[] {
  const kept = new Set<unknown>()
  const others: unknown[] = []
  for (const value of values) {
    if (value === undefined || kept.has(value)) continue
    if (typeof value !== 'string') {
      if (others.some(other => equalValues(other, value))) continue
      others.push(value)
    }
    kept.add(value)
  }
  return [...kept]
}
