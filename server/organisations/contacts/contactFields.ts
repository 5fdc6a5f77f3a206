import { z } from 'zod'
import { RowRefused } from '../../imports/importer.ts'
import { givenLine, givenList } from '../../imports/rowFields.ts'
import type { CallOrder, Contact, Step } from './contact.ts'
import { readContactLine } from './contactLine.ts'

/** Columns of organisations and teams: a person by the id of their file, or a shared contact as a form takes it. */
export const contactColumns = { contact: givenLine(), cover: givenLine(), escalation: givenList(10) }

const row = z.object(contactColumns)

/**
 * The call order of a row; undefined when it says nothing of contacts. A step of the escalation may name its cover after a slash: "dana-reeve / sam-lowe".
 * @throws RowRefused
 */
export function callOrderOfRow({ contact, cover, escalation }: z.infer<typeof row>): CallOrder | undefined {
  if (!contact && !cover && escalation === undefined) return undefined
  if (!contact) throw new RowRefused('contact is missing, but cover or escalation is given')
  const steps = (escalation ?? []).map(text => {
    const [called = '', covering] = text.split(' / ')
    return stepOf(called, covering)
  })
  return [stepOf(contact, cover), ...steps]
}

const stepOf = (contact: string, cover: string | undefined): Step => ({
  contact: contactOf(contact),
  ...(cover ? { cover: contactOf(cover) } : {}),
})

function contactOf(text: string): Contact {
  const line = readContactLine(text)
  if ('problem' in line) throw new RowRefused(`contact ${line.problem}`)
  return 'shared' in line ? line.shared : { sourceId: line.person }
}
