import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

export interface BsonFigures {
  count: number
  bytes: number
  sha256: string
}

const writtenAtOnce = 1024 * 1024
const readAtOnce = 1024 * 1024
const smallest = 5
/** MongoDB's limit for what is kept, and what it allows itself besides. */
const largest = 16 * 1024 * 1024 + 16 * 1024

/** Documents one after the other, as mongodump writes them; begins the file anew. */
export class BsonFileWriter {
  private readonly file: FileHandle
  private readonly hash = createHash('sha256')
  private waiting: Uint8Array[] = []
  private waitingBytes = 0
  private count = 0
  private bytes = 0

  private constructor(file: FileHandle) {
    this.file = file
  }

  static async create(path: string): Promise<BsonFileWriter> {
    return new BsonFileWriter(await open(path, 'w', 0o600))
  }

  async write(document: Uint8Array): Promise<void> {
    this.waiting.push(document)
    this.waitingBytes += document.length
    this.count++
    if (this.waitingBytes >= writtenAtOnce) await this.flush()
  }

  /** Everything is on disk then. */
  async finish(): Promise<BsonFigures> {
    await this.flush()
    await this.file.sync()
    await this.close()
    return { count: this.count, bytes: this.bytes, sha256: this.hash.digest('hex') }
  }

  close(): Promise<void> {
    return this.file.close()
  }

  private async flush(): Promise<void> {
    const chunk = Buffer.concat(this.waiting)
    this.hash.update(chunk)
    for (let written = 0; written < chunk.length; ) written += (await this.file.write(chunk, written)).bytesWritten
    this.bytes += chunk.length
    this.waiting = []
    this.waitingBytes = 0
  }
}

/**
 * The documents of a file, without holding more than one and what was read at once.
 * @param onRead  gets every byte in order
 * @throws Error that says in the words of "it …" what is wrong with the file
 */
export async function* readBsonFile(path: string, onRead: (chunk: Buffer) => void = () => undefined): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: readAtOnce }) as AsyncIterable<Buffer>) {
    onRead(chunk)
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    while (rest.length >= 4) {
      const length = rest.readInt32LE(0)
      if (length < smallest || length > largest) throw new Error('holds something that is not BSON')
      if (rest.length < length) break
      yield rest.subarray(0, length)
      rest = rest.subarray(length)
    }
  }
  if (rest.length > 0) throw new Error('ends within a document')
}
