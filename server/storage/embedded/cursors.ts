import { serialize } from 'bson'
import type { Doc } from './documentPaths.ts'
import { MongoError } from './mongoError.ts'
import { fieldsKeptWhole, projection } from './projection.ts'
import type { RawReply } from './rawReply.ts'
import { type StoredDoc, withFields } from './storedDoc.ts'

const largestBatchBytes = 16 * 1024 * 1024
const idleMs = 600_000

interface Cursor {
  ns: string
  docs: AsyncGenerator<Buffer>
  /** Read already, but it did not fit into the last batch. */
  next?: Buffer | undefined
  usedAt: number
}

/** Answers that come in batches. A cursor that nobody asks for ten minutes is closed. */
export class Cursors {
  private readonly cursors = new Map<bigint, Cursor>()
  private lastId = 0n

  open(ns: string, found: AsyncGenerator<StoredDoc>, fields: Doc | undefined, batchSize: number, once: boolean): Promise<RawReply> {
    return this.begin(ns, sent(found, fields), batchSize, once)
  }

  openMade(ns: string, docs: readonly Doc[], batchSize: number): Promise<RawReply> {
    return this.begin(ns, made(docs), batchSize, false)
  }

  async getMore(id: bigint, batchSize: number): Promise<RawReply> {
    const cursor = this.cursors.get(id)
    if (cursor === undefined) throw new MongoError(43, `cursor id ${id} not found`)
    cursor.usedAt = Date.now()
    const batch = await this.read(cursor, batchSize === 0 ? Number.MAX_SAFE_INTEGER : batchSize)
    if (cursor.next === undefined) this.cursors.delete(id)
    return { cursor: { id: cursor.next === undefined ? 0n : id, ns: cursor.ns, batchName: 'nextBatch', batch } }
  }

  async close(id: bigint): Promise<boolean> {
    await this.cursors.get(id)?.docs.return(undefined)
    return this.cursors.delete(id)
  }

  async closeIdle(now: number): Promise<void> {
    for (const [id, { usedAt }] of this.cursors) if (now - usedAt > idleMs) await this.close(id)
  }

  private async begin(ns: string, docs: AsyncGenerator<Buffer>, batchSize: number, once: boolean): Promise<RawReply> {
    const cursor: Cursor = { ns, docs, usedAt: Date.now() }
    const batch = await this.read(cursor, batchSize)
    const open = cursor.next !== undefined && !once
    const id = open ? ++this.lastId : 0n
    if (open) this.cursors.set(id, cursor)
    else await docs.return(undefined)
    return { cursor: { id, ns, batchName: 'firstBatch', batch } }
  }

  /** Reads one further than it gives, to know whether there is more. */
  private async read(cursor: Cursor, most: number): Promise<Buffer[]> {
    const batch: Buffer[] = []
    let bytes = 0
    for (;;) {
      const next = cursor.next ?? (await cursor.docs.next()).value
      cursor.next = next ?? undefined
      if (next === undefined || batch.length >= most || (batch.length > 0 && bytes + next.length > largestBatchBytes)) return batch
      batch.push(next)
      bytes += next.length
      cursor.next = undefined
    }
  }
}

function sent(found: AsyncGenerator<StoredDoc>, fields: Doc | undefined): AsyncGenerator<Buffer> {
  const project = projection(fields)
  const whole = fieldsKeptWhole(fields)
  if (project === undefined) return bytesOf(found, ({ bytes }) => bytes)
  if (whole !== undefined) return bytesOf(found, ({ bytes }) => withFields(bytes, whole))
  return bytesOf(found, ({ doc }) => Buffer.from(serialize(project(doc), { ignoreUndefined: true })))
}

async function* bytesOf(found: AsyncGenerator<StoredDoc>, bytes: (stored: StoredDoc) => Buffer): AsyncGenerator<Buffer> {
  for await (const stored of found) yield bytes(stored)
}

async function* made(docs: readonly Doc[]): AsyncGenerator<Buffer> {
  for (const doc of docs) yield Buffer.from(serialize(doc, { ignoreUndefined: true }))
}
