import { Readable } from 'node:stream'
import { type CsvError, type Info, parse } from 'csv-parse'
import { CannotStart } from '../failures.ts'
import { longestRowBytes, type TableRow } from './table.ts'

type Parsed = { record: string[]; info: Info }

/** Reads the header at once, so that a wrong file stops before anything is written. Empty cells are left out. */
export async function readCsv(
  file: string,
  chunks: AsyncIterable<Buffer>,
  delimiter = ',',
): Promise<{ columns: string[]; rows: AsyncIterable<TableRow> }> {
  const unreadable: TableRow[] = []
  const parser = Readable.from(asText(file, chunks), { objectMode: false }).compose(
    parse({
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: longestRowBytes,
      on_skip: error => {
        if (error !== undefined) unreadable.push(refused(error))
        return undefined
      },
    }),
  )
  const records = (parser as AsyncIterable<Parsed>)[Symbol.asyncIterator]()
  const first = await records.next()
  if (first.done) throw new CannotStart(`${file} has no rows: the first line must name the columns.`)
  const columns = headerOf(file, first.value.record)
  return { columns, rows: rowsOf(columns, records, unreadable) }
}

function headerOf(file: string, header: readonly string[]): string[] {
  const columns = header.map(name => name.trim())
  const twice = columns.find((name, position) => name !== '' && columns.indexOf(name) !== position)
  if (twice !== undefined) throw new CannotStart(`${file}: the column "${twice}" is there twice.`)
  if (columns.length === 1 && columns[0]?.includes(';')) throw new CannotStart(`${file}: the columns must be separated by commas.`)
  return columns
}

async function* rowsOf(columns: string[], records: AsyncIterator<Parsed>, unreadable: TableRow[]): AsyncGenerator<TableRow> {
  for (let next = await records.next(); !next.done; next = await records.next()) {
    yield* unreadable.splice(0)
    const { record, info } = next.value
    const line = info.lines - record.join('').split('\n').length + 1
    if (record.length > columns.length && record.slice(columns.length).some(cell => cell.trim() !== '')) {
      yield { line, problem: `has ${record.length} cells, but there are ${columns.length} columns` }
      continue
    }
    const filled = columns
      .map((name, position) => [name, record[position] ?? ''] as const)
      .filter(([name, cell]) => name !== '' && cell.trim() !== '')
    if (filled.length > 0) yield { line, cells: Object.fromEntries(filled) }
  }
  yield* unreadable
}

function refused(error: CsvError): TableRow {
  const line = typeof error.lines === 'number' ? error.lines : 0
  if (error.code === 'CSV_MAX_RECORD_SIZE') return { line, problem: 'is longer than 4 MB; perhaps a closing quotation mark is missing' }
  return { line, problem: 'has a quotation mark out of place; what follows, up to the next one, could not be read either' }
}

/** Decoded, with plain line ends: the parser counts the two characters of CRLF inside quotes as two lines. */
async function* asText(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held = ''
  for await (const chunk of chunks) {
    try {
      const text = held + decoder.decode(chunk, { stream: true })
      held = text.endsWith('\r') ? '\r' : ''
      yield Buffer.from(text.slice(0, text.length - held.length).replaceAll('\r\n', '\n'))
    } catch {
      throw new CannotStart(`${file} is not UTF-8 text. Save it as "CSV UTF-8" and try again.`)
    }
  }
  if (held !== '') yield Buffer.from(held)
}
