import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

/** One file of an archive. */
export interface ZippedFile {
  /** A path with slashes. */
  name: string
  changedAt: Date
  /** Of text, packed; of bytes as they come, as they are: files that people attach are packed already. */
  content: string | AsyncIterable<Uint8Array>
}

/** Writes a zip archive as its files come: one part of one file is in memory at a time. Resolves when all of it is handed to `out`. */
export async function writeZip(files: AsyncIterable<ZippedFile>, out: Writable): Promise<void> {
  let failure: Error | undefined
  let isFull = false
  const zip = new Zip((error, chunk, isLast) => {
    if (error) failure = error
    else if (!out.write(chunk)) isFull = true
    if (isLast) out.end()
  })
  const drained = async () => {
    if (failure !== undefined) throw failure
    if (out.destroyed) throw new Error('Whoever reads the archive went away')
    if (!isFull) return
    isFull = false
    await Promise.race([once(out, 'drain'), once(out, 'close')])
  }
  for await (const { name, changedAt, content } of files) {
    const file = typeof content === 'string' ? new ZipDeflate(name) : new ZipPassThrough(name)
    file.mtime = changedAt
    zip.add(file)
    for await (const part of partsOf(content)) {
      file.push(part)
      await drained()
    }
    file.push(new Uint8Array(), true)
    await drained()
  }
  zip.end()
  if (failure !== undefined) throw failure
}

async function* partsOf(content: ZippedFile['content']): AsyncGenerator<Uint8Array> {
  if (typeof content === 'string') yield new TextEncoder().encode(content)
  else yield* content
}
