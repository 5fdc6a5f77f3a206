import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { telHref } from '../../http/callLinks.ts'
import type { Problems } from '../../http/validated.ts'
import { dayText } from '../../people/absence.ts'
import type { Subject } from './callMatches.ts'
import type { Contact } from './contact.ts'
import { stepNumbers } from './contactForms.ts'
import { sharedLine } from './contactLine.ts'
import { type Called, organisationIdOf } from './contactService.ts'
import { type Answering, type Callable, type Presence, placeText } from './whoAnswers.ts'

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
    isAnswered: answering.who !== undefined,
    ...(answering.why === undefined ? {} : { why: answering.why }),
    lines: presentLines(answering, steps),
    ...(mayKeep ? { formHref: `${href}/contacts` } : {}),
  }
}

/** The order as lines of one list, each step followed by its cover. Whoever covers an absence and stands nowhere in the order comes first. */
function presentLines({ who }: Answering, steps: Called['steps']) {
  const lines = steps.flatMap(({ contact, cover }, position) => [
    { place: capital(placeText(position)), presence: contact },
    ...(cover === undefined ? [] : [{ place: 'Cover', presence: cover }]),
  ])
  const now = who === undefined ? undefined : lines.find(({ presence }) => presence.state === 'here' && isSame(presence.callable, who))
  const ordered = lines.map(line => ({
    place: line.place,
    ...presentPresence(line.presence),
    ...(line === now ? { answersNow: true } : {}),
  }))
  return who === undefined || now !== undefined ? ordered : [{ place: 'Now', ...presentCallable(who), answersNow: true }, ...ordered]
}

const isSame = (one: Callable, other: Callable) =>
  one.slug === other.slug && one.name === other.name && one.email === other.email && one.phone === other.phone

function presentPresence({ state, callable, person }: Presence) {
  const until = state === 'away' ? person?.absence?.until : undefined
  return {
    ...(callable.name === '' ? { name: 'Somebody who is not here any more' } : presentCallable(callable)),
    ...(until === undefined ? {} : { badge: { text: `away until ${dayText(until)}`, kind: 'attention' } }),
  }
}

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
  const rows = called.map(one => ({
    ...presentCalled(one, reader),
    organisationId: organisationIdOf(one.subject),
    warnings: warningsOf(one),
  }))
  const ofKind = (kind: Subject['kind']) => rows.filter((_, position) => called[position]?.subject.kind === kind)
  return {
    title: 'Who to call',
    organisations: ofKind('organisation').map(organisation => ({
      ...organisation,
      teams: ofKind('team').filter(({ organisationId }) => organisationId === organisation.organisationId),
    })),
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

function capital(place: string): string {
  const bare = place.replace(/^the /, '')
  return `${bare[0]?.toUpperCase() ?? ''}${bare.slice(1)}`
}
