import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { Unavailable } from '../failures.ts'

/** What a scanner says of a file: nothing, or the name of what it found. */
export type Scanned = { found?: string }

const partBytes = 64 * 1024
const silentMs = 60_000

/**
 * Asks clamd: the command INSTREAM of its protocol, parts with their length before them, and a part of none at the end.
 * https://docs.clamav.net/manual/Usage/Scanning.html#clamd
 */
export class VirusScanner {
  private readonly address: string

  /** @param address  "127.0.0.1:3310", or the path of a socket */
  constructor(address: string) {
    this.address = address
  }

  /** @throws Unavailable when it does not answer, or not with yes or no: the file is as unknown as before */
  async scan(bytes: Readable): Promise<Scanned> {
    const socket = this.open()
    try {
      const answered = answerOf(socket)
      // What it says is awaited below; should sending fail first, nobody else listens to it.
      answered.catch(() => undefined)
      await send(socket, bytes)
      return verdict(await answered)
    } catch (error) {
      bytes.destroy()
      throw error instanceof Unavailable
        ? error
        : new Unavailable(`The virus scanner at ${this.address} does not answer: ${messageOf(error)}`)
    } finally {
      socket.destroy()
    }
  }

  private open(): Socket {
    const [, host, port] = /^(.+):(\d+)$/.exec(this.address) ?? []
    const socket = host === undefined ? connect(this.address) : connect({ host, port: Number(port) })
    return socket.setTimeout(silentMs, () => socket.destroy(new Error('it is silent')))
  }
}

async function send(socket: Socket, bytes: Readable): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'))
  for await (const chunk of bytes)
    for (let at = 0; at < chunk.length; at += partBytes) {
      const part: Buffer = chunk.subarray(at, at + partBytes)
      await write(socket, lengthOf(part.length))
      await write(socket, part)
    }
  await write(socket, lengthOf(0))
}

const write = (socket: Socket, bytes: Buffer) =>
  new Promise<void>((done, fail) => void socket.write(bytes, error => (error ? fail(error) : done())))

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

/** Up to the NUL after it. */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((done, fail) => {
    let text = ''
    socket.on('data', (part: Buffer) => {
      text += part.toString('latin1')
      if (text.includes('\0') || text.length > 2_000) done(text.split('\0')[0] ?? '')
    })
    socket.on('error', fail)
    socket.on('close', () => fail(new Error('it ended the connection')))
  })
}

/** "stream: OK", "stream: Eicar-Signature FOUND", "INSTREAM size limit exceeded. ERROR" */
function verdict(answer: string): Scanned {
  if (/^stream: OK$/.test(answer.trim())) return {}
  const found = /^stream: (.+) FOUND$/.exec(answer.trim())?.[1]
  if (found === undefined) throw new Unavailable(`The virus scanner could not check a file: ${answer.slice(0, 200) || 'it said nothing'}`)
  return { found }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
