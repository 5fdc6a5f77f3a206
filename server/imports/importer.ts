import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'

/** Every row carries the id that its record is known by in the file, so that repeating an import updates and adds nothing twice. */
export interface SourceRow {
  id: string
}

export type Outcome = 'added' | 'changed' | 'unchanged' | { refused: string }

/** How rows of one type become records. */
export interface Importer<Row extends SourceRow = SourceRow> {
  columns: readonly string[]
  needed: readonly string[]
  /** @returns the row as the importer takes it, or what is wrong with it */
  read(cells: Record<string, unknown>): { row: Row } | { problem: string }
  /**
   * Keeps a batch in which no id is there twice. What a row leaves out stays as it is. Of a refused row nothing is kept.
   * @returns one outcome per row, in order
   */
  keep(rows: readonly Row[]): Promise<Outcome[]>
}

export interface ImportContext {
  clock: Clock
  /** Whose rights hold: of an administrator at a page. Absent, it is whoever has the machine. */
  keeper?: SignedInPerson
  /** Counts what was left out of a row that was kept. */
  warn(about: string): void
}

/** Thrown while a row is turned into a record: the row is refused with this reason. */
export class RowRefused extends Error {}
