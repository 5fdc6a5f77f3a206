import type { BulkOperation, BulkOutcome, SearchDocument } from '../searchEngine.ts'
import { type IndexTables, indexable, type SearchDatabase, textTables } from './searchDatabase.ts'
import { erasePassages, writePassages } from './writePassages.ts'
import { writtenWords } from './writtenWords.ts'

const tombstoneMs = 86_400_000

interface Stored {
  docid: number
  rev: number
  removedAt: number | null
}

/** Each operation for itself, all on disk when it returns. A removed document leaves its rev, so that an older write cannot bring it back. */
export function writeDocuments(db: SearchDatabase, index: IndexTables, operations: readonly BulkOperation[]): BulkOutcome[] {
  return db.together(() => {
    const outcomes = operations.map(operation =>
      'write' in operation ? writeOne(db, index, operation.write) : removeOne(db, index, operation.remove),
    )
    db.run(`DELETE FROM documents_${index.number} WHERE removedAt < ?`, Date.now() - tombstoneMs)
    return outcomes
  })
}

function writeOne(db: SearchDatabase, index: IndexTables, document: SearchDocument): BulkOutcome {
  const undeclared = undeclaredField(index, document)
  if (undeclared !== undefined) return { rejected: `the field ${undeclared} is not in the mapping of ${index.name}` }
  const { number } = index
  const stored = storedOf(db, number, document.id)
  if (stored !== undefined && stored.rev > document.rev) return 'newer'
  const docid = replaceRow(db, index, stored, document)
  for (const [table, fields] of textTables(index))
    insertText(
      db,
      table,
      docid,
      fields.map(field => indexable(document.text[field] ?? '')),
    )
  keepWords(db, index, document)
  for (const token of new Set(document.readers)) db.run(`INSERT INTO readers_${number} VALUES (?, ?)`, docid, token)
  for (const [field, values] of Object.entries(document.keywords)) {
    for (const value of new Set(values)) db.run(`INSERT INTO keywords_${number} VALUES (?, ?, ?)`, docid, field, value)
  }
  for (const [field, date] of Object.entries(document.dates))
    db.run(`INSERT INTO dates_${number} VALUES (?, ?, ?)`, docid, field, new Date(date).getTime())
  if (index.mapping.passages !== undefined) writePassages(db, index, docid, document.passages ?? [])
  return 'done'
}

function insertText(db: SearchDatabase, table: string, docid: number, columns: readonly string[]): void {
  const names = columns.map((_, place) => `t${place}`).join(', ')
  db.run(`INSERT INTO ${table} (rowid, ${names}) VALUES (?, ${columns.map(() => '?').join(', ')})`, docid, ...columns)
}

function keepWords(db: SearchDatabase, { number }: IndexTables, { text }: SearchDocument): void {
  const sql = `INSERT INTO written_${number} SELECT value, length(value), 1 FROM json_each(?) WHERE true
    ON CONFLICT (word) DO UPDATE SET documents = documents + 1`
  db.run(sql, JSON.stringify([...writtenWords(text)]))
}

/** A word goes with the last document that has it. */
function eraseWords(db: SearchDatabase, number: number, docid: number): void {
  const source = db.first<{ source: string | null }>(`SELECT source FROM documents_${number} WHERE docid = ?`, docid)?.source
  if (source === undefined || source === null) return
  const words = JSON.stringify([...writtenWords((JSON.parse(source) as SearchDocument).text)])
  db.run(`UPDATE written_${number} SET documents = documents - 1 WHERE word IN (SELECT value FROM json_each(?))`, words)
  db.run(`DELETE FROM written_${number} WHERE documents < 1 AND word IN (SELECT value FROM json_each(?))`, words)
}

function removeOne(db: SearchDatabase, index: IndexTables, { id, rev }: { id: string; rev: number }): BulkOutcome {
  const { number } = index
  const stored = storedOf(db, number, id)
  if (stored !== undefined && stored.rev > rev) return 'newer'
  if (stored === undefined) db.run(`INSERT INTO documents_${number} (id, rev, removedAt) VALUES (?, ?, ?)`, id, rev, Date.now())
  else {
    eraseContent(db, index, stored.docid)
    db.run(`UPDATE documents_${number} SET rev = ?, removedAt = ?, source = NULL WHERE docid = ?`, rev, Date.now(), stored.docid)
  }
  return 'done'
}

function replaceRow(db: SearchDatabase, index: IndexTables, stored: Stored | undefined, document: SearchDocument): number {
  const { number } = index
  const { passages: _, ...kept } = document
  const source = JSON.stringify(kept)
  if (stored === undefined) {
    return db.run(`INSERT INTO documents_${number} (id, rev, source) VALUES (?, ?, ?)`, document.id, document.rev, source).lastInsertRowid
  }
  eraseContent(db, index, stored.docid)
  db.run(`UPDATE documents_${number} SET rev = ?, removedAt = NULL, source = ? WHERE docid = ?`, document.rev, source, stored.docid)
  return stored.docid
}

function eraseContent(db: SearchDatabase, index: IndexTables, docid: number): void {
  const { number } = index
  eraseWords(db, number, docid)
  for (const [table] of textTables(index)) db.run(`DELETE FROM ${table} WHERE rowid = ?`, docid)
  for (const table of ['readers', 'keywords', 'dates']) db.run(`DELETE FROM ${table}_${number} WHERE docid = ?`, docid)
  if (index.mapping.passages !== undefined) erasePassages(db, index, docid)
}

const storedOf = (db: SearchDatabase, number: number, id: string) =>
  db.first<Stored>(`SELECT docid, rev, removedAt FROM documents_${number} WHERE id = ?`, id)

function undeclaredField({ mapping }: IndexTables, { text, keywords, dates }: SearchDocument): string | undefined {
  return (
    Object.keys(text).find(field => !Object.hasOwn(mapping.text, field)) ??
    Object.keys(keywords).find(field => !mapping.keywords.includes(field)) ??
    Object.keys(dates).find(field => !mapping.dates.includes(field))
  )
}
