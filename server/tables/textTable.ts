import { readCsv } from './csvRows.ts'
import type { Table } from './table.ts'

const delimiters = [',', ';', '\t'] as const

/** CSV that is already text: separated by what stands most often between the names of its columns. @throws CannotStart */
export async function textTable(file: string, text: string): Promise<Pick<Table, 'file' | 'columns' | 'rows'>> {
  const header = text.slice(0, 10_000).split(/[\r\n]/, 1)[0] ?? ''
  const outsideQuotes = header.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => outsideQuotes.split(delimiter).length
  const delimiter = delimiters.reduce((most, other) => (count(other) > count(most) ? other : most))
  return { file, ...(await readCsv(file, inOnePart(text), delimiter)) }
}

async function* inOnePart(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}
