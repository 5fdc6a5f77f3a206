import { serialize } from 'bson'
import type { Doc } from './documentPaths.ts'

/** A cursor's answer, whose documents are BSON already. */
export interface RawReply {
  cursor: { id: bigint; ns: string; batchName: 'firstBatch' | 'nextBatch'; batch: readonly Buffer[] }
}

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

const cstring = (text: string) => Buffer.from(`${text}\0`, 'utf8')

const wrapped = (body: readonly Buffer[]) => {
  const length = body.reduce((sum, part) => sum + part.length, 0) + 5
  return Buffer.concat([int32(length), ...body, Buffer.from([0])])
}

const element = (type: number, name: string, value: Buffer) => Buffer.concat([Buffer.from([type]), cstring(name), value])

/** Joins stored documents into a reply without decoding them (BSON specification 1.1: documents and arrays nest by their bytes). */
export function replyBytes(reply: Doc | RawReply): Buffer {
  if (!isRaw(reply)) return Buffer.from(serialize(reply, { ignoreUndefined: true }))
  const { id, ns, batchName, batch } = reply.cursor
  const cursorId = Buffer.alloc(8)
  cursorId.writeBigInt64LE(id)
  const namespace = cstring(ns)
  const cursor = wrapped([
    element(0x04, batchName, wrapped(batch.map((doc, position) => element(0x03, String(position), doc)))),
    element(0x12, 'id', cursorId),
    element(0x02, 'ns', Buffer.concat([int32(namespace.length), namespace])),
  ])
  const ok = Buffer.alloc(8)
  ok.writeDoubleLE(1)
  return wrapped([element(0x03, 'cursor', cursor), element(0x01, 'ok', ok)])
}

const isRaw = (reply: Doc | RawReply): reply is RawReply =>
  typeof reply.cursor === 'object' && reply.cursor !== null && 'batchName' in reply.cursor
