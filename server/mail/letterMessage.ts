import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'
import type { SendMailOptions } from 'nodemailer'
import { projectRoot } from '../http/projectRoot.ts'
import type { Mail } from './mailModel.ts'
import type { Letter, Recipient } from './mailType.ts'

export interface Sender {
  /** "https://skillpool.example", without a slash at its end. */
  site: string
  partnership: string
}

const html = ejs.compile(readFileSync(join(projectRoot, 'views', 'mail', 'letter.ejs'), 'utf8'))

/** What goes to the mail server: as plain text and as HTML, under the same Message-ID whenever it is made. */
export function letterMessage(mail: Pick<Mail, '_id'>, letter: Letter, { person, email }: Recipient, sender: Sender): SendMailOptions {
  const { site } = sender
  const lines = letter.lines.map(({ words, href }) => ({ words, href: `${site}${href}` }))
  const shown = { ...letter, closing: letter.closing ?? [], lines, name: person.name, ...sender, choicesHref: choicesHrefOf(letter, site) }
  return {
    to: { name: person.name, address: email },
    subject: letter.subject,
    messageId: `<${mail._id}@${new URL(site).hostname}>`,
    text: textOf(shown),
    html: html(shown),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...endingHeaders(letter, site) },
  }
}

const choicesHrefOf = ({ choices }: Letter, site: string) => (choices === undefined ? undefined : `${site}/account/notifications`)

/** One click in the program that shows the mail ends such mails (RFC 2369, RFC 8058). */
const endingHeaders = ({ choices }: Letter, site: string): Record<string, string> =>
  choices === undefined ? {} : { 'List-Unsubscribe': `<${site}${choices.endHref}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }

interface Shown extends Sender {
  name: string
  lead: string
  lines: readonly { words: string; href: string }[]
  closing: readonly string[]
  choicesHref: string | undefined
}

function textOf({ name, lead, lines, closing, partnership, site, choicesHref }: Shown): string {
  const listed = lines.map(({ words, href }) => `- ${words}\n  ${href}`)
  const choice = choicesHref === undefined ? [] : [`You choose what is mailed to you: ${choicesHref}`]
  return [`Hello ${name},`, lead, ...listed, ...closing, ['-- ', `${partnership}, ${site}`, ...choice].join('\n')].join('\n\n').concat('\n')
}
