import { setImmediate as breathe } from 'node:timers/promises'
import type { Collection } from './catalogue.ts'
import type { Doc } from './documentPaths.ts'
import { matcher } from './matcher.ts'
import { MongoError } from './mongoError.ts'
import { type KeyRange, type Plan, planQuery } from './planner.ts'
import { compareSortKeys, type SortField, sortKeys } from './sorting.ts'
import type { StoreDatabase } from './storeDatabase.ts'
import { fieldsOf, filteredPaths, StoredDoc } from './storedDoc.ts'

export interface Scan {
  filter: Doc
  sort?: readonly SortField[]
  skip?: number
  limit?: number
  maxTimeMs?: number | undefined
}

/** For tests: how many documents queries have looked at. */
export const looks = { documents: 0 }

const firstChunk = 32
const laterChunk = 256
const sliceMs = 5

/** What a collection that is not there holds. */
export async function* none(): AsyncGenerator<StoredDoc> {}

/** Documents that match, in the asked order. A long scan lets others have their turn every few milliseconds. */
export async function* scan(
  db: StoreDatabase,
  collection: Collection,
  { filter, sort = [], skip = 0, limit = 0, maxTimeMs }: Scan,
): AsyncGenerator<StoredDoc> {
  const plan = planQuery(collection, filter, sort)
  const matching = matchingDocs(db, collection, plan, filter, maxTimeMs)
  const ordered = plan.sorted ? matching : sortedDocs(matching, sort, limit === 0 ? 0 : skip + limit)
  let position = 0
  for await (const found of ordered) {
    position++
    if (position > skip) yield found
    if (limit > 0 && position === skip + limit) return
  }
}

async function* matchingDocs(
  db: StoreDatabase,
  collection: Collection,
  plan: Plan,
  filter: Doc,
  maxTimeMs: number | undefined,
): AsyncGenerator<StoredDoc> {
  const matches = matcher(filter)
  const fields = fieldsOf(filteredPaths(filter))
  const started = performance.now()
  let turn = started
  const seen = new Set<number>()
  for (const row of rows(db, collection, plan)) {
    if (performance.now() - turn > sliceMs) {
      await breathe()
      turn = performance.now()
      if (maxTimeMs && turn - started > maxTimeMs) throw new MongoError(50, 'operation exceeded time limit')
    }
    if (seen.has(row.rid)) continue
    if (plan.index !== undefined && plan.index.number > 0) seen.add(row.rid)
    looks.documents++
    const stored = new StoredDoc(row.rid, row.bytes)
    if (fields.size === 0 || matches(stored.part(fields))) yield stored
  }
}

async function* sortedDocs(matching: AsyncGenerator<StoredDoc>, sort: readonly SortField[], most: number): AsyncGenerator<StoredDoc> {
  let found: { stored: StoredDoc; keys: Buffer[] }[] = []
  const fields = fieldsOf(sort.map(({ path }) => path))
  const inOrder = () => found.sort((a, b) => compareSortKeys(a.keys, b.keys, sort))
  for await (const stored of matching) {
    found.push({ stored, keys: sortKeys(stored.part(fields), sort) })
    if (most > 0 && found.length > most * 2 + 1_000) found = inOrder().slice(0, most)
  }
  for (const { stored } of inOrder()) yield stored
}

function* rows(db: StoreDatabase, collection: Collection, { index, ranges, backwards }: Plan): Generator<{ rid: number; bytes: Buffer }> {
  if (index === undefined) return yield* allRows(db, collection)
  for (const range of backwards ? ranges.toReversed() : ranges) yield* rangeRows(db, collection, index.number, range, backwards)
}

function* allRows(db: StoreDatabase, { number }: Collection): Generator<{ rid: number; bytes: Buffer }> {
  for (let after = -1; ; ) {
    const chunk = db.all<{ rid: number; bytes: Buffer }>(
      `SELECT rid, doc AS bytes FROM c${number} WHERE rid > ? ORDER BY rid LIMIT ${laterChunk}`,
      after,
    )
    yield* chunk
    const last = chunk.at(-1)
    if (last === undefined || chunk.length < laterChunk) return
    after = last.rid
  }
}

function* rangeRows(
  db: StoreDatabase,
  { number }: Collection,
  indexNumber: number,
  { from, before }: KeyRange,
  backwards: boolean,
): Generator<{ rid: number; bytes: Buffer }> {
  const source = indexNumber === 0 ? `(SELECT idkey AS key, rid, doc FROM c${number}) k` : `i${indexNumber} k JOIN c${number} c USING (rid)`
  const order = backwards ? 'DESC' : 'ASC'
  const upper = before === undefined ? '' : 'AND k.key < ?'
  let after: { key: Buffer; rid: number } | undefined
  for (let size = firstChunk; ; size = laterChunk) {
    const on = after === undefined ? '' : `AND (k.key, rid) ${backwards ? '<' : '>'} (?, ?)`
    const chunk: { key: Buffer; rid: number; bytes: Buffer }[] = db.all(
      `SELECT k.key AS key, rid, doc AS bytes FROM ${source} WHERE k.key >= ? ${upper} ${on} ORDER BY k.key ${order}, rid ${order} LIMIT ${size}`,
      from,
      ...(before === undefined ? [] : [before]),
      ...(after === undefined ? [] : [after.key, after.rid]),
    )
    for (const { rid, bytes } of chunk) yield { rid, bytes }
    after = chunk.at(-1)
    if (after === undefined || chunk.length < size) return
  }
}
