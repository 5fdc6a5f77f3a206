import type { SearchDatabase } from './searchDatabase.ts'

const most = 8

/**
 * The last few sets of what matched, as temporary tables: one page asks for the same matches several times (votes, hits, counts). Any write forgets
 * them all.
 */
export class KeptMatches {
  private readonly db: SearchDatabase
  /** Table by key, the one that was asked for last at the end. */
  private readonly tables = new Map<string, string>()

  constructor(db: SearchDatabase) {
    this.db = db
  }

  /**
   * @param fill  says whether it came to the end; what did not is not kept
   * @returns the name of a table (docid, score), filled when it is not kept
   */
  table(key: string, fill: (table: string) => boolean): { table: string; isComplete: boolean } {
    const known = this.tables.get(key)
    this.tables.delete(key)
    const table = known ?? this.emptyTable()
    const isComplete = known !== undefined || fill(table)
    if (isComplete) this.tables.set(key, table)
    return { table, isComplete }
  }

  forget(): void {
    this.tables.clear()
  }

  private emptyTable(): string {
    const oldest = this.tables.size < most ? undefined : this.tables.keys().next().value
    if (oldest !== undefined) this.tables.delete(oldest)
    const taken = new Set(this.tables.values())
    const free = Array.from({ length: most }, (_, position) => `matched_${position}`).find(name => !taken.has(name)) as string
    this.db.exec(`CREATE TEMP TABLE IF NOT EXISTS ${free} (docid INTEGER PRIMARY KEY, score REAL)`)
    this.db.run(`DELETE FROM ${free}`)
    return free
  }
}
