import Database from 'libsql'
import { MongoError } from './mongoError.ts'

type Value = string | number | null | Buffer
type Row = Record<string, unknown>

/** One SQLite file: what is acknowledged is on disk (WAL, synchronous FULL). Parameters are always bound as an array. */
export class StoreDatabase {
  private readonly db: Database.Database
  private readonly statements = new Map<string, Database.Statement>()

  constructor(file: string) {
    this.db = new Database(file, { timeout: 5_000 })
    this.db.exec('PRAGMA journal_mode=WAL')
    this.db.exec('PRAGMA synchronous=FULL')
    this.db.exec('PRAGMA cache_size=-16000')
  }

  get inTransaction(): boolean {
    return this.db.inTransaction
  }

  run(sql: string, ...bindings: Value[]): number {
    return Number(spoken(() => this.prepared(sql).run([...bindings])).lastInsertRowid)
  }

  all<R = Row>(sql: string, ...bindings: Value[]): R[] {
    const rows = spoken(() => this.prepared(sql).all([...bindings])) as Row[]
    for (const row of rows) {
      for (const name in row) if (row[name] instanceof ArrayBuffer) row[name] = Buffer.from(row[name])
    }
    return rows as R[]
  }

  first<R = Row>(sql: string, ...bindings: Value[]): R | undefined {
    return this.all<R>(sql, ...bindings)[0]
  }

  exec(sql: string): void {
    spoken(() => this.db.exec(sql))
  }

  close(): void {
    this.statements.clear()
    this.db.close()
  }

  private prepared(sql: string): Database.Statement {
    const known = this.statements.get(sql)
    if (known !== undefined) return known
    if (this.statements.size > 500) this.statements.clear()
    const statement = this.db.prepare(sql)
    this.statements.set(sql, statement)
    return statement
  }
}

/** A full disk has a code of its own in MongoDB. */
function spoken<T>(ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === 'SQLITE_FULL' || code?.startsWith('SQLITE_IOERR'))
      throw new MongoError(14031, `The store file cannot be written: ${message}`)
    throw error
  }
}
