import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'

/** Something on 127.0.0.1 that speaks as clamd does, and finds what it is told to look for. */
export class AScanner {
  /** What it was sent, whole. */
  readonly scanned: Buffer[] = []
  address = ''
  private readonly bad: string
  private server: Server | undefined

  constructor(bad: string) {
    this.bad = bad
  }

  async start(): Promise<this> {
    const port = Number(this.address.split(':')[1] ?? 0)
    this.server = createServer(socket => this.answer(socket)).listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    this.address = `127.0.0.1:${(this.server.address() as AddressInfo).port}`
    return this
  }

  async stop(): Promise<void> {
    this.server?.close()
    await once(this.server as Server, 'close')
  }

  private answer(socket: Socket): void {
    let sent = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', part => {
      sent = Buffer.concat([sent, part as Buffer])
      const file = fileIn(sent)
      if (file === undefined) return
      this.scanned.push(file)
      socket.end(file.includes(this.bad) ? 'stream: Made-Up-Signature FOUND\0' : 'stream: OK\0')
    })
  }
}

/** Undefined until the part of no length has come. */
function fileIn(sent: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0'
  if (sent.subarray(0, command.length).toString() !== command.slice(0, sent.length)) throw new Error('This is no INSTREAM')
  const parts: Buffer[] = []
  for (let at = command.length; at + 4 <= sent.length; ) {
    const length = sent.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    parts.push(sent.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
