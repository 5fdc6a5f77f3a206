/** One row of a file, with the line it begins on (from 1, the header included), or why it cannot be read. */
export type TableRow = { line: number; cells: Record<string, unknown> } | { line: number; problem: string }

export interface Table {
  file: string
  sizeBytes: number
  /** The names in the header row; undefined where each row names its own fields (JSONL). */
  columns: readonly string[] | undefined
  /** How much of the file has been read so far: for the time left. */
  bytesRead(): number
  /** Read as it is asked for; never more than a few rows are held. */
  rows: AsyncIterable<TableRow>
}

/** Longer rows are refused before they fill the memory. */
export const longestRowBytes = 4 * 1024 * 1024
