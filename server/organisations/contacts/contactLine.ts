import type { Contact } from './contact.ts'

const mail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const number = /^[+(\d][\d\s().-]{2,30}$/

/** A contact as typed: somebody's name, or a shared one such as "Service desk, desk@cheshire.example, 01244 500100". */
export type ContactLine = { person: string } | { shared: Contact } | { problem: string }

export function readContactLine(text: string): ContactLine {
  const parts = text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
  const email = parts.find(part => part.includes('@'))
  const phone = parts.find(part => number.test(part))
  if (email === undefined && phone === undefined) return { person: text.trim() }
  if (email !== undefined && !mail.test(email)) return { problem: `“${email}” is not an e-mail address such as desk@example.org` }
  const name = parts.filter(part => part !== email && part !== phone).join(', ') || email || phone || ''
  return { shared: { name, ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) } }
}

/** The line that reads as this shared contact. */
export const sharedLine = ({ name, email, phone }: Contact): string =>
  [...new Set([name, email, phone].filter(part => part !== undefined))].join(', ')
