import { CannotStart } from '../failures.ts'
import type { Table, TableRow } from '../tables/table.ts'
import type { ImportContext, Importer, SourceRow } from './importer.ts'

const batchSize = 500
/** Long rows make a batch of fewer: a row may have 4 MB. */
const batchChars = 4_000_000

export interface Tally {
  read: number
  added: number
  changed: number
  unchanged: number
  refused: number
  /** What was left out of rows that were kept, and how often. */
  warnings: Map<string, number>
}

export interface Refusal {
  line: number
  id: string
  reason: string
}

export interface ImportRun {
  /** Of those that the features declare. */
  type: string
  table: Pick<Table, 'file' | 'columns' | 'rows'>
  /** Told after each batch. */
  progress?(tally: Tally): void
  refuse(refusal: Refusal): void
  /** Waited for between batches, so that what is written never gets far ahead of what is indexed. */
  pace?(): Promise<void>
  /** Between batches: whether to stop. */
  stopped?(): boolean
}

/**
 * Keeps the rows of a file in batches. Each batch is kept as a whole before the next is read, so memory does not grow with the file; repeating
 * is safe, so an interrupted run goes on when it is started again.
 * @throws CannotStart when a column is wrong or missing: nothing is written then
 */
export async function keepRows(open: (warn: ImportContext['warn']) => Promise<Importer>, run: ImportRun): Promise<Tally> {
  const tally: Tally = { read: 0, added: 0, changed: 0, unchanged: 0, refused: 0, warnings: new Map() }
  const importer = await open(about => void tally.warnings.set(about, (tally.warnings.get(about) ?? 0) + 1))
  checkColumns(run, importer)
  const keeping = new Keeping(importer, run, tally)
  for await (const row of run.table.rows) {
    if (tally.read === 0) checkFirstRow(run, importer, row)
    await keeping.take(row)
    if (run.stopped?.()) return tally
  }
  await keeping.flush()
  return tally
}

/** The rows that wait for their batch to be full. */
class Keeping {
  private readonly importer: Importer
  private readonly run: ImportRun
  private readonly tally: Tally
  private waiting = new Map<string, { line: number; row: SourceRow }>()
  private waitingChars = 0

  constructor(importer: Importer, run: ImportRun, tally: Tally) {
    this.importer = importer
    this.run = run
    this.tally = tally
  }

  async take(read: TableRow): Promise<void> {
    this.tally.read += 1
    const taken = 'problem' in read ? read : this.importer.read(read.cells)
    if ('problem' in taken) return this.refuse({ line: read.line, id: idOf(read), reason: taken.problem })
    // The same id twice: the later row is about what the earlier one made.
    if (this.waiting.has(taken.row.id)) await this.flush()
    this.waiting.set(taken.row.id, { line: read.line, row: taken.row })
    this.waitingChars += charsOf(taken.row)
    if (this.waiting.size >= batchSize || this.waitingChars >= batchChars) await this.flush()
  }

  async flush(): Promise<void> {
    const batch = [...this.waiting.values()]
    this.waiting = new Map()
    this.waitingChars = 0
    if (batch.length > 0) {
      const outcomes = await this.keep(batch.map(({ row }) => row))
      for (const [position, outcome] of outcomes.entries()) {
        const { line, row } = batch[position] as (typeof batch)[number]
        if (typeof outcome === 'object') this.refuse({ line, id: row.id, reason: outcome.refused })
        else this.tally[outcome] += 1
      }
      await this.run.pace?.()
    }
    this.run.progress?.(this.tally)
  }

  /** When an address was taken in the same moment by somebody on the site, what is there by now is looked at again. */
  private async keep(rows: SourceRow[]) {
    try {
      return await this.importer.keep(rows)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 11000)) throw error
      return this.importer.keep(rows)
    }
  }

  private refuse(refusal: Refusal): void {
    this.tally.refused += 1
    this.run.refuse(refusal)
  }
}

interface Checked {
  type: string
  table: Pick<Table, 'file' | 'columns'>
}

function checkColumns({ type, table }: Checked, { columns, needed }: Importer): void {
  if (table.columns === undefined) return
  const unknown = table.columns.filter(column => column !== '' && !columns.includes(column))
  const missing = needed.filter(column => !table.columns?.includes(column))
  const accepted = `Columns of ${type}: ${columns.join(', ')}; needed: ${needed.join(', ')}.`
  if (unknown.length > 0) throw new CannotStart(`${table.file}: ${quoted(unknown)} is not a column of ${type}. ${accepted}`)
  if (missing.length > 0) throw new CannotStart(`${table.file}: the column ${quoted(missing)} is missing. ${accepted}`)
}

/** A file of the wrong type is known by its first row, before a report of a million refusals is written. */
function checkFirstRow({ type, table }: Checked, importer: Importer, row: TableRow): void {
  if (table.columns !== undefined) return
  if ('problem' in row) throw new CannotStart(`${table.file}: line ${row.line} ${row.problem}.`)
  checkColumns({ type, table: { file: table.file, columns: Object.keys(row.cells) } }, importer)
}

const charsOf = (row: SourceRow) => Object.values(row).reduce((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0)
const quoted = (names: readonly string[]) => names.map(name => `"${name}"`).join(', ')
const idOf = (row: TableRow) => ('cells' in row ? String(row.cells.id ?? '') : '')
