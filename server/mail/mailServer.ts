import { Readable } from 'node:stream'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Config } from '../config.ts'

/** away: nobody knows whether it would take this one, so the others need not be tried; unknown: it may have taken it; lost: it was not ours to send. */
export type Outcome =
  | { came: 'sent' | 'lost' }
  | { came: 'refused'; why: string; isFinal: boolean }
  | { came: 'away' | 'unknown'; why: string }

const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 }
/** What it says of one reader or one content, not of us. */
const aboutThisMail = new Set(['RCPT TO', 'DATA'])

class NotOurs extends Error {}

/** The mail server of SMTP_URL (RFC 5321). */
export class MailServer {
  private readonly url: string
  private readonly from: string

  constructor({ SMTP_URL = '', MAIL_FROM = '' }: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>) {
    this.url = SMTP_URL
    this.from = MAIL_FROM
  }

  /**
   * @param begin  called when the server has taken sender and reader and waits for the content, before the first byte of it is sent; false, and
   *   nothing is sent
   */
  async send(message: SendMailOptions, begin: () => Promise<boolean>): Promise<Outcome> {
    let hasBegun = false
    const transport = createTransport({ url: this.url, ...limits, disableFileAccess: true, disableUrlAccess: true }, { from: this.from })
    transport.use('stream', ({ message: made }, done) => {
      const content = made.createReadStream.bind(made)
      made.createReadStream = options =>
        Readable.from(
          (async function* () {
            if (!(await begin())) throw new NotOurs()
            hasBegun = true
            yield* content(options)
          })(),
        ) as ReturnType<typeof content>
      done()
    })
    try {
      await transport.sendMail(message)
      return { came: 'sent' }
    } catch (error) {
      return outcomeOf(error as SmtpError, hasBegun)
    }
  }
}

type SmtpError = Error & { responseCode?: number; command?: string }

function outcomeOf(error: SmtpError, hasBegun: boolean): Outcome {
  const { message: why, responseCode, command = '' } = error
  if (error instanceof NotOurs) return { came: 'lost' }
  if (responseCode !== undefined && (hasBegun || aboutThisMail.has(command)))
    return { came: 'refused', why, isFinal: responseCode >= 500 && aboutThisMail.has(command) }
  return { came: hasBegun ? 'unknown' : 'away', why }
}
