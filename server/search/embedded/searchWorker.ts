import { workerData } from 'node:worker_threads'
import type { BulkOperation, NearestQuery, SearchDocument, SearchEngine, SearchMapping, SearchQuery } from '../searchEngine.ts'
import { askDocuments } from './askDocuments.ts'
import { tokenizer } from './embeddedAnalysis.ts'
import { KeptMatches } from './keptMatches.ts'
import { KeptVectors } from './keptVectors.ts'
import { nearestDocuments } from './nearestDocuments.ts'
import { createCatalogue, createTables, dropTables, fieldsOf, type IndexTables, indexable, SearchDatabase } from './searchDatabase.ts'
import { answerCalls } from './workerCalls.ts'
import { writeDocuments } from './writeDocuments.ts'
import { occurringPhrases, wordsNear } from './writtenWords.ts'

/** What the main thread may ask of the worker: the names of workerCalls. */

const { file, prefix, sliceDocuments } = workerData as { file: string; prefix: string; sliceDocuments: number }
const db = new SearchDatabase(file)
const matches = new KeptMatches(db)
const vectors = new KeptVectors(db)
const walks = new Map<number, SearchDatabase>()
let lastWalk = 0

const full = (name: string) => `${prefix}${name}`

answerCalls({
  open: () => createCatalogue(db),
  version: () => db.first<{ version: string }>('SELECT sqlite_version() AS version')?.version,
  createIndex: (name: string, mapping: SearchMapping) => {
    if (known(name) !== undefined) return
    db.together(() => {
      const number = db.run('INSERT INTO indexes (name, mapping) VALUES (?, ?)', full(name), JSON.stringify(mapping)).lastInsertRowid
      createTables(db, { number, name, mapping, ...fieldsOf(mapping) })
    })
  },
  deleteIndex: (name: string) => {
    const index = known(name)
    if (index === undefined) return
    matches.forget()
    vectors.forget(index.number)
    db.together(() => {
      dropTables(db, index.number)
      db.run('DELETE FROM indexes WHERE number = ?', index.number)
      db.run('DELETE FROM aliases WHERE target = ?', full(name))
    })
  },
  listIndexes: () =>
    db
      .all<{ name: string }>('SELECT name FROM indexes ORDER BY name')
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name }) => name.slice(prefix.length)),
  pointAlias: (alias: string, name: string) => {
    existing(name)
    db.run('INSERT INTO aliases VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET target = excluded.target', full(alias), full(name))
  },
  aliasTarget,
  bulk: (name: string, operations: BulkOperation[]) => {
    matches.forget()
    const index = existing(name)
    const outcomes = writeDocuments(db, index, operations)
    vectors.changed(
      index,
      operations.map(operation => ('write' in operation ? operation.write.id : operation.remove.id)),
    )
    return outcomes
  },
  search: (query: SearchQuery) => {
    return askDocuments({ db, matches, sliceDocuments }, current(query.alias), query)
  },
  nearest: (query: NearestQuery) => nearestDocuments(db, vectors, current(query.alias), query),
  occurring: (asked: Parameters<SearchEngine['occurring']>[0]) => occurringPhrases(db, asked.aliases.map(current), asked),
  wordsNear: (asked: Parameters<SearchEngine['wordsNear']>[0]) => wordsNear(db, asked.aliases.map(current), asked),
  beginWalk: () => {
    const view = new SearchDatabase(file)
    view.exec('BEGIN')
    view.all('SELECT number FROM indexes')
    walks.set(++lastWalk, view)
    return lastWalk
  },
  walkOn: (walk: number, name: string, after: string, size: number): SearchDocument[] => {
    const { number } = existing(name)
    const sql = `SELECT source FROM documents_${number} WHERE removedAt IS NULL AND id > ? ORDER BY id LIMIT ?`
    const rows = walks.get(walk)?.all<{ source: string }>(sql, after, size) ?? []
    return rows.map(({ source }) => JSON.parse(source) as SearchDocument)
  },
  endWalk,
  stems: (text: string) => {
    db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.stemmed USING fts5(t, tokenize='${tokenizer}')`)
    db.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.stems USING fts5vocab('temp', 'stemmed', 'instance')")
    db.run('INSERT INTO temp.stemmed (rowid, t) VALUES (1, ?)', indexable(text))
    const stems = db.all<{ term: string }>('SELECT term FROM temp.stems ORDER BY offset').map(({ term }) => term)
    db.run('DELETE FROM temp.stemmed')
    return stems
  },
  close: () => {
    for (const walk of walks.keys()) endWalk(walk)
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
  },
})

function endWalk(walk: number): void {
  const view = walks.get(walk)
  walks.delete(walk)
  view?.exec('ROLLBACK')
  view?.close()
}

function current(alias: string): IndexTables {
  const target = aliasTarget(alias)
  if (target === undefined) throw new Error(`missing: there is no index for ${alias} yet`)
  return existing(target)
}

function aliasTarget(alias: string): string | undefined {
  return db.first<{ target: string }>('SELECT target FROM aliases WHERE name = ?', full(alias))?.target.slice(prefix.length)
}

function known(name: string): IndexTables | undefined {
  const row = db.first<{ number: number; mapping: string }>('SELECT number, mapping FROM indexes WHERE name = ?', full(name))
  if (row === undefined) return undefined
  const mapping = JSON.parse(row.mapping) as SearchMapping
  return { number: row.number, name, mapping, ...fieldsOf(mapping) }
}

function existing(name: string): IndexTables {
  const index = known(name)
  if (index === undefined) throw new Error(`missing: there is no index ${name}`)
  return index
}
