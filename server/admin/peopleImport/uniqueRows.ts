import type { TableRow } from '../../tables/table.ts'

/** With a word to each row whose id or e-mail address stands in an earlier one. */
export async function* uniqueRows(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
  const lines = { id: new Map<string, number>(), email: new Map<string, number>() }
  for await (const row of rows) {
    const problem = 'cells' in row ? repeatedIn(row, lines) : undefined
    yield problem === undefined ? row : { line: row.line, problem }
  }
}

function repeatedIn({ line, cells }: { line: number; cells: Record<string, unknown> }, lines: Record<'id' | 'email', Map<string, number>>) {
  for (const field of ['id', 'email'] as const) {
    const value = String(cells[field] ?? '').trim()
    const known = field === 'email' ? value.toLowerCase() : value
    const before = known === '' ? undefined : lines[field].get(known)
    if (before !== undefined) return `${field} "${value}" is in line ${before} already`
    if (known !== '') lines[field].set(known, line)
  }
  return undefined
}
