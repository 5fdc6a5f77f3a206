import Database from 'libsql'
import type { SearchMapping } from '../searchEngine.ts'
import { tokenizer } from './embeddedAnalysis.ts'

export type Bindings = readonly (string | number | null | Buffer)[]

/** One SQLite connection; parameters are always bound as an array. */
export class SearchDatabase {
  private readonly db: Database.Database
  private readonly statements = new Map<string, Database.Statement>()

  constructor(file: string) {
    this.db = new Database(file, { timeout: 5_000 })
    this.db.exec('PRAGMA journal_mode=WAL')
    this.db.exec('PRAGMA synchronous=FULL')
    this.db.exec('PRAGMA temp_store=MEMORY')
    this.db.exec('PRAGMA cache_size=-16000')
  }

  run(sql: string, ...bindings: Bindings): { changes: number; lastInsertRowid: number } {
    const done = this.prepared(sql).run([...bindings])
    return { changes: done.changes, lastInsertRowid: Number(done.lastInsertRowid) }
  }

  all<Row>(sql: string, ...bindings: Bindings): Row[] {
    return this.prepared(sql).all([...bindings]) as Row[]
  }

  first<Row>(sql: string, ...bindings: Bindings): Row | undefined {
    return this.all<Row>(sql, ...bindings)[0]
  }

  exec(sql: string): void {
    this.db.exec(sql)
  }

  /** All or nothing. */
  together<T>(work: () => T): T {
    this.db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.db.exec('COMMIT')
      return result
    } catch (error) {
      this.db.exec('ROLLBACK')
      throw error
    }
  }

  close(): void {
    this.statements.clear()
    this.db.close()
  }

  private prepared(sql: string): Database.Statement {
    const known = this.statements.get(sql)
    if (known !== undefined) return known
    if (this.statements.size > 200) this.statements.clear()
    const statement = this.db.prepare(sql)
    this.statements.set(sql, statement)
    return statement
  }
}

/** An index as the database knows it: `number` names its tables. */
export interface IndexTables {
  number: number
  name: string
  mapping: SearchMapping
  /** Columns of the main table. */
  textFields: string[]
  /** Columns of a table of their own, so that their length counts for nothing in the score of the others. */
  besideFields: string[]
}

/** The text fields of a mapping, with those that weigh less than a word of the text apart. */
export function fieldsOf({ text }: SearchMapping): Pick<IndexTables, 'textFields' | 'besideFields'> {
  const isBeside = (field: string) => (text[field]?.weight ?? 1) < 1
  const fields = Object.keys(text)
  return { textFields: fields.filter(field => !isBeside(field)), besideFields: fields.filter(isBeside) }
}

/** The tables that are searched, with their fields. */
export const textTables = ({ number, textFields, besideFields }: IndexTables): [table: string, fields: readonly string[]][] => [
  [`text_${number}`, textFields],
  ...(besideFields.length > 0 ? [[`beside_${number}`, besideFields] as [string, readonly string[]]] : []),
]

/**
 * A text so that the tokenizer cuts the same words as plainWords: it knows no other spellings than accents ("m²" is kept as "m2", the one letter
 * "ﬁ" as two), and takes private-use characters, such as the bullets of office programs, for letters.
 */
export const indexable = (text: string): string =>
  text.replace(/\p{Co}/gu, ' ').replace(/(?:(?!\p{ASCII})[\p{L}\p{N}\p{M}])+/gu, letters => letters.normalize('NFKC'))

export function createCatalogue(db: SearchDatabase): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS indexes (number INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, mapping TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS aliases (name TEXT PRIMARY KEY, target TEXT NOT NULL);
  `)
  // An index of an earlier version has none, and is written to until it is filled anew.
  for (const { number } of db.all<{ number: number }>('SELECT number FROM indexes')) createWrittenWords(db, number)
}

/** Words as they are written, and in how many documents. */
function createWrittenWords(db: SearchDatabase, number: number): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS written_${number} (word TEXT PRIMARY KEY, length INTEGER, documents INTEGER) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS written_by_length_${number} ON written_${number} (length);
  `)
}

/** The tables of one index: documents with their text as one column a field, and readers, keywords and dates for filters. */
export function createTables(db: SearchDatabase, index: IndexTables): void {
  const { number } = index
  const columns = (fields: readonly string[]) => fields.map((_, position) => `t${position}`).join(', ')
  db.exec(`
    CREATE TABLE documents_${number} (docid INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, rev INTEGER NOT NULL, removedAt INTEGER, source TEXT);
    CREATE INDEX removed_${number} ON documents_${number} (removedAt) WHERE removedAt IS NOT NULL;
    ${textTables(index)
      .map(([table, fields]) => `CREATE VIRTUAL TABLE ${table} USING fts5(${columns(fields)}, tokenize='${tokenizer}');`)
      .join('\n')}
    CREATE TABLE readers_${number} (docid INTEGER, token TEXT, PRIMARY KEY (docid, token)) WITHOUT ROWID;
    CREATE TABLE keywords_${number} (docid INTEGER, field TEXT, value TEXT, PRIMARY KEY (docid, field, value)) WITHOUT ROWID;
    CREATE INDEX keywords_by_value_${number} ON keywords_${number} (field, value, docid);
    CREATE TABLE dates_${number} (docid INTEGER, field TEXT, at INTEGER, PRIMARY KEY (docid, field)) WITHOUT ROWID;
  `)
  createWrittenWords(db, number)
  if (index.mapping.passages !== undefined)
    db.exec(
      `CREATE TABLE passages_${number} (docid INTEGER, position INTEGER, starts INTEGER, ends INTEGER, vector BLOB, PRIMARY KEY (docid, position)) WITHOUT ROWID`,
    )
}

export function dropTables(db: SearchDatabase, number: number): void {
  for (const table of ['documents', 'text', 'beside', 'written', 'readers', 'keywords', 'dates', 'passages'])
    db.exec(`DROP TABLE IF EXISTS ${table}_${number}`)
}
