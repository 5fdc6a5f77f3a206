import { createServer, type Server, type Socket } from 'node:net'
import { deserialize, serialize } from 'bson'
import { hello } from './commands.ts'
import type { Doc } from './documentPaths.ts'
import { type RawReply, replyBytes } from './rawReply.ts'

const opReply = 1
const opQuery = 2004
const opMsg = 2013
const headBytes = 16
const largestMessageBytes = 48_000_000
const checksumPresent = 1
const moreToCome = 2

/** MongoDB's wire protocol, as much as its driver speaks: OP_MSG, and OP_QUERY for the first hello. Messages of one connection are answered in order. */
export function serveWire(run: (command: Doc) => Promise<Doc | RawReply>): Server {
  return createServer(socket => {
    let received: Buffer[] = []
    let size = 0
    let turn: Promise<void> = Promise.resolve()
    socket.on('error', () => socket.destroy())
    socket.on('data', chunk => {
      received.push(chunk)
      size += chunk.length
      for (let message = nextMessage(); message !== undefined; message = nextMessage()) {
        const whole = message
        turn = turn.then(() => answer(socket, whole, run)).catch(() => void socket.destroy())
      }
    })

    function nextMessage(): Buffer | undefined {
      if (size < headBytes) return undefined
      if (received.length > 1 && (received[0] as Buffer).length < headBytes) received = [Buffer.concat(received)]
      const length = (received[0] as Buffer).readInt32LE(0)
      if (length < headBytes || length > largestMessageBytes) {
        socket.destroy()
        return undefined
      }
      if (size < length) return undefined
      const all = received.length === 1 ? (received[0] as Buffer) : Buffer.concat(received)
      received = all.length > length ? [all.subarray(length)] : []
      size -= length
      return all.subarray(0, length)
    }
  })
}

async function answer(socket: Socket, message: Buffer, run: (command: Doc) => Promise<Doc | RawReply>): Promise<void> {
  const requestId = message.readInt32LE(4)
  const operation = message.readInt32LE(12)
  if (operation === opQuery) return void socket.write(queryReply(requestId))
  if (operation !== opMsg) throw new Error(`the operation ${operation} is not spoken here`)
  const flags = message.readUInt32LE(headBytes)
  const reply = replyBytes(await run(commandOf(message, flags)))
  if (!(flags & moreToCome) && !socket.destroyed)
    socket.write(Buffer.concat([messageHead(headBytes + 5 + reply.length, requestId, opMsg), Buffer.alloc(5), reply]))
}

/** One document, and sequences of documents that belong into it under their name. */
function commandOf(message: Buffer, flags: number): Doc {
  const stop = message.length - (flags & checksumPresent ? 4 : 0)
  let command: Doc = {}
  const sequences: Doc = {}
  for (let at = headBytes + 4; at < stop; ) {
    const kind = message[at]
    const length = message.readInt32LE(at + 1)
    if (kind === 0) command = decodeCommand(message.subarray(at + 1, at + 1 + length))
    else Object.assign(sequences, sequence(message.subarray(at + 1, at + 1 + length)))
    at += 1 + length
  }
  return { ...command, ...sequences }
}

function sequence(section: Buffer): Doc {
  const nameEnd = section.indexOf(0, 4)
  const name = section.toString('utf8', 4, nameEnd)
  const docs: (Doc | Buffer)[] = []
  for (let at = nameEnd + 1; at < section.length; at += section.readInt32LE(at)) {
    const bytes = section.subarray(at, at + section.readInt32LE(at))
    docs.push(name === inserted ? bytes : decode(bytes))
  }
  return { [name]: docs }
}

/** What is inserted stays as it was sent, so that it is kept with its types and in its order. */
const inserted = 'documents'
const decode = (bytes: Buffer): Doc => deserialize(bytes, { promoteBuffers: false, useBigInt64: false })

function decodeCommand(bytes: Buffer): Doc {
  const isInsert = bytes.toString('latin1', 5, 12) === 'insert\0'
  return isInsert ? deserialize(bytes, { promoteBuffers: false, fieldsAsRaw: { [inserted]: true } }) : decode(bytes)
}

/** The driver's first message is an old-fashioned query; it is always a hello. */
function queryReply(requestId: number): Buffer {
  const doc = Buffer.from(serialize(hello()))
  const body = Buffer.alloc(20)
  body.writeInt32LE(8, 0)
  body.writeInt32LE(1, 16)
  return Buffer.concat([messageHead(headBytes + 20 + doc.length, requestId, opReply), body, doc])
}

function messageHead(length: number, responseTo: number, operation: number): Buffer {
  const head = Buffer.alloc(headBytes)
  head.writeInt32LE(length, 0)
  head.writeInt32LE(responseTo, 8)
  head.writeInt32LE(operation, 12)
  return head
}
