import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { CannotStart } from '../../failures.ts'
import { openTable } from '../../tables/openTable.ts'
import type { TableRow } from '../../tables/table.ts'

export interface Query {
  id: string
  text: string
}

/** Per query the grades of what was judged, by document id or by person's name. */
export type QueryJudgements = ReadonlyMap<string, ReadonlyMap<string, number>>

/** @throws CannotStart with the line that is wrong */
export async function readQueries(file: string): Promise<Query[]> {
  const queries: Query[] = []
  for await (const row of (await openTable(file)).rows) {
    if ('problem' in row) throw new CannotStart(`${file}: line ${row.line} ${row.problem}.`)
    const { id, text } = row.cells
    if (!isId(id) || typeof text !== 'string') throw new CannotStart(`${file}: line ${row.line} must have an id and a text.`)
    queries.push({ id: String(id), text })
  }
  return queries
}

/**
 * Lines of query, document and grade, or of TREC's four columns (query, iteration, document, grade); with `separator` a tab, the document may
 * hold spaces. A first line without a grade is a header. @throws CannotStart with the line that is wrong
 */
export async function readJudgements(file: string, separator: RegExp = /\s+/): Promise<QueryJudgements> {
  const judgements = new Map<string, Map<string, number>>()
  let line = 0
  for await (const text of linesOf(file)) {
    line += 1
    if (text.trim() === '') continue
    const parts = text.trim().split(separator)
    const [query, document, grade] = parts.length === 4 ? [parts[0], parts[2], parts[3]] : parts
    if (grade === undefined || document === undefined || query === undefined || !Number.isFinite(Number(grade))) {
      if (line === 1) continue
      throw new CannotStart(`${file}: line ${line} must be a query, what is judged and a grade, with tabs between.`)
    }
    const ofQuery = judgements.get(query) ?? new Map<string, number>()
    judgements.set(query, ofQuery.set(document.trim(), Number(grade)))
  }
  return judgements
}

/** Documents as article rows: what such sets add of their own is left out. */
export async function* asArticleRows(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
  for await (const row of rows) {
    if ('problem' in row) yield row
    else {
      const { id, title, text, authors, date } = row.cells
      yield {
        line: row.line,
        cells: Object.fromEntries(Object.entries({ id, title, text, authors, date }).filter(([, value]) => value !== undefined)),
      }
    }
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  } catch (error) {
    throw new CannotStart(`${file} cannot be read: ${(error as Error).message}.`)
  }
}

const isId = (value: unknown): value is string | number => typeof value === 'number' || (typeof value === 'string' && value !== '')
