import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { CannotStart } from '../failures.ts'
import { readCsv } from './csvRows.ts'
import { readJsonLines } from './jsonLines.ts'
import type { Table } from './table.ts'

/**
 * Opens a .csv file (UTF-8, with or without a byte order mark, with a header row) or a .jsonl file (an object on each line).
 * @throws CannotStart in words: no such file, another ending, an empty or unreadable one
 */
export async function openTable(file: string): Promise<Table> {
  const ending = extname(file).toLowerCase()
  if (ending !== '.csv' && ending !== '.jsonl') throw new CannotStart(`${file}: only files that end in .csv or .jsonl are read.`)
  const sizeBytes = await sizeOf(file)
  if (sizeBytes === 0) throw new CannotStart(`${file} is empty.`)
  let bytes = 0
  const chunks = readChunks(file, count => {
    bytes += count
  })
  const { columns, rows } = ending === '.csv' ? await readCsv(file, chunks) : { columns: undefined, rows: readJsonLines(chunks) }
  return { file, sizeBytes, columns, rows, bytesRead: () => bytes }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const handle = await open(file)
    const stats = await handle.stat().finally(() => handle.close())
    if (stats.isDirectory()) throw new Error('it is a folder')
    return stats.size
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw new CannotStart(missing ? `${file}: there is no such file.` : `${file} cannot be read: ${(error as Error).message}.`)
  }
}

async function* readChunks(file: string, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  const stream = createReadStream(file, { highWaterMark: 256 * 1024 })
  for await (const chunk of stream) {
    count((chunk as Buffer).length)
    yield chunk as Buffer
  }
}
