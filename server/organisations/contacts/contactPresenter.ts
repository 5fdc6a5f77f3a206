import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { telHref } from '../../http/callLinks.ts'
import type { Problems } from '../../http/validated.ts'
import type { Subject } from './callMatches.ts'
import type { Contact } from './contact.ts'
import { stepNumbers } from './contactForms.ts'
import { sharedLine } from './contactLine.ts'
import { type Called, organisationIdOf } from './contactService.ts'
import { type Callable, type Presence, placeText } from './whoAnswers.ts'

export const hrefOf = ({ kind, record }: Subject): string => `/${kind === 'organisation' ? 'organisations' : 'teams'}/${record.slug}`

export const presentCallable = ({ name, slug, email, phone }: Callable) => ({
  name,
  ...(slug === undefined ? {} : { href: `/people/${slug}` }),
  ...(email === undefined || email === name ? {} : { email }),
  ...(email !== undefined && email === name ? { email, name: 'Shared mailbox' } : {}),
  ...(phone === undefined ? {} : { phone: { text: phone, href: telHref(phone) } }),
})

/** What components/whoToCall prints. */
export function presentCalled({ subject, answering, steps }: Called, reader: SignedInPerson) {
  const href = hrefOf(subject)
  const mayKeep = may(reader, { verb: 'keep contacts', record: { organisationId: organisationIdOf(subject) } })
  return {
    title: subject.record.name,
    href,
    ...(answering.who === undefined ? {} : { answering: presentCallable(answering.who) }),
    ...(answering.why === undefined ? {} : { why: answering.why }),
    steps: steps.map(({ contact, cover }, position) => ({
      place: capital(position === 0 ? 'first contact' : placeText(position)),
      contact: presentPresence(contact),
      ...(cover === undefined ? {} : { cover: presentPresence(cover) }),
    })),
    ...(mayKeep ? { formHref: `${href}/contacts` } : {}),
  }
}

const presentPresence = ({ state, callable, text }: Presence) => ({
  ...(callable.name === '' ? { name: 'Somebody who is not here any more' } : presentCallable(callable)),
  ...(state === 'away' ? { away: text } : {}),
})

/** What those who keep contacts should mend. */
export function warningsOf({ subject, answering, steps }: Called): string[] {
  const { name } = subject.record
  if (steps.length === 0) return [`${name} names nobody to call.`]
  const gone = steps
    .flatMap(({ contact, cover }) => (cover === undefined ? [contact] : [contact, cover]))
    .filter(({ state }) => state === 'gone')
    .map(({ callable }) => `${name} names ${callable.name || 'somebody'} who left or is suspended.`)
  return [...new Set(gone), ...(answering.who === undefined ? [`Nobody of ${name} answers today.`] : [])]
}

export function presentContactPage(called: readonly Called[], reader: SignedInPerson) {
  const rows = called.map(one => ({ ...presentCalled(one, reader), isTeam: one.subject.kind === 'team', warnings: warningsOf(one) }))
  return {
    title: 'Who to call',
    rows,
    warnings: rows.flatMap(({ warnings, formHref }) => (formHref === undefined ? [] : warnings.map(text => ({ text, href: formHref })))),
  }
}

/** @param lineOf  the contact as it would be typed */
export function presentContactForm(
  subject: Subject,
  lineOf: (contact: Contact | undefined) => string,
  colleagues: readonly string[],
  typed?: Record<string, unknown>,
  errors: Problems = {},
) {
  const { name, callOrder = [], contactsRevision = 0 } = subject.record
  const value = (field: string, contact: Contact | undefined) => String(typed?.[field] ?? (typed === undefined ? lineOf(contact) : ''))
  return {
    title: `Who to call at ${name}`,
    errors,
    action: `${hrefOf(subject)}/contacts`,
    cancelHref: hrefOf(subject),
    opened: String(errors.form === undefined ? (typed?.opened ?? contactsRevision) : contactsRevision),
    colleagues,
    steps: stepNumbers.map(number => ({
      legend: capital(placeText(number - 1)),
      contact: { name: `contact${number}`, value: value(`contact${number}`, callOrder[number - 1]?.contact) },
      cover: { name: `cover${number}`, value: value(`cover${number}`, callOrder[number - 1]?.cover) },
    })),
  }
}

export const contactLine = (nameOf: (contact: Contact) => string) => (contact: Contact | undefined) => {
  if (contact === undefined) return ''
  return contact.personId === undefined && contact.sourceId === undefined ? sharedLine(contact) : nameOf(contact)
}

const capital = (text: string) => text.replace(/^the /, '').replace(/^./, first => first.toUpperCase())
