import { isUtf8 } from 'node:buffer'
import { longestRowBytes, type TableRow } from './table.ts'

const newline = 0x0a

/** One object on each line; empty lines are left out. */
export async function* readJsonLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<TableRow> {
  for await (const { line, bytes } of linesOf(chunks)) {
    if (bytes === undefined) {
      yield { line, problem: 'is longer than 4 MB' }
      continue
    }
    const row = parsed(bytes)
    if (row !== undefined) yield { line, ...row }
  }
}

function parsed(bytes: Buffer): { cells: Record<string, unknown> } | { problem: string } | undefined {
  if (!isUtf8(bytes)) return { problem: 'is not UTF-8 text' }
  const text = bytes.toString('utf8').trim()
  if (text === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { cells: value as Record<string, unknown> }
    return { problem: 'is not a JSON object: one object is expected on each line' }
  } catch {
    return { problem: 'is not valid JSON: one object is expected on each line' }
  }
}

/** Lines without their ends; `bytes` is undefined for one that is too long, whose rest is skipped without being held. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ line: number; bytes: Buffer | undefined }> {
  let line = 1
  let parts: Buffer[] = []
  let length = 0
  const taken = () => (length > longestRowBytes ? undefined : Buffer.concat(parts))
  const add = (part: Buffer) => {
    length += part.length
    if (length > longestRowBytes) parts = []
    else parts.push(part)
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, end))
      yield { line, bytes: taken() }
      line += 1
      parts = []
      length = 0
      from = end + 1
    }
    add(chunk.subarray(from))
  }
  if (length > 0) yield { line, bytes: taken() }
}
