import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedLetter {
  to: string
  /** By name in small letters. */
  headers: Readonly<Record<string, string>>
  text: string
  html: string
}

/** A mail server of a test on 127.0.0.1, at a port of its own. */
export class Mailbox {
  readonly letters: ReceivedLetter[] = []
  /** What it answers to a reader instead of taking the mail: "550 there is nobody of this name". */
  refuses: (address: string) => string | undefined = () => undefined
  /** Called when it has all of a mail, before it says so. */
  received: (letter: ReceivedLetter) => void | Promise<void> = () => undefined
  private readonly server: SMTPServer

  constructor() {
    this.server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true, logger: false },
      onRcptTo: ({ address }, _session, done) => {
        const answer = this.refuses(address)
        done(answer === undefined ? null : Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) }))
      },
      onData: (stream, { envelope }, done) => {
        const parts: Buffer[] = []
        stream.on('data', part => parts.push(part))
        stream.on('end', async () => {
          const letter = letterOf(Buffer.concat(parts).toString(), envelope.rcptTo[0]?.address ?? '')
          this.letters.push(letter)
          await this.received(letter)
          done(null)
        })
      },
    })
    this.server.on('error', () => undefined)
  }

  /** @returns the settings of a site that sends there */
  async open(): Promise<Record<string, string>> {
    await new Promise<void>(opened => void this.server.listen(0, '127.0.0.1', () => opened()))
    const { port } = this.server.server.address() as AddressInfo
    return { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Skillpool <skillpool@pool.example>', PUBLIC_URL: 'http://pool.example' }
  }

  to(address: string): ReceivedLetter[] {
    return this.letters.filter(letter => letter.to === address)
  }

  /** Every connection, without a word. */
  breakOff(): void {
    for (const { _socket } of this.server.connections as unknown as Iterable<{ _socket: Socket }>) _socket.destroy()
  }

  close(): Promise<void> {
    return new Promise(closed => this.server.close(() => closed()))
  }
}

function letterOf(raw: string, to: string): ReceivedLetter {
  const { headers, body } = partOf(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1] ?? ''
  const parts = body.split(`--${boundary}`).map(part => partOf(part.replace(/^\r?\n/, '')))
  const contentOf = (type: string) => decoded(parts.find(part => part.headers['content-type']?.startsWith(type)))
  return { to, headers, text: contentOf('text/plain'), html: contentOf('text/html') }
}

function partOf(raw: string): { headers: Record<string, string>; body: string } {
  const [head = '', ...rest] = raw.split(/\r?\n\r?\n/)
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const headers = lines.map(line => [line.split(':')[0]?.toLowerCase() ?? '', line.slice(line.indexOf(':') + 1).trim()])
  return { headers: Object.fromEntries(headers), body: rest.join('\n\n') }
}

function decoded(part: ReturnType<typeof partOf> | undefined): string {
  if (part === undefined) return ''
  const encoding = part.headers['content-transfer-encoding']
  if (encoding === 'base64') return Buffer.from(part.body, 'base64').toString()
  if (encoding !== 'quoted-printable') return part.body
  const bytes = part.body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
