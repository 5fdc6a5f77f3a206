import { partnershipToken } from '../../access/accessTokens.ts'
import { type Absence, dayText, isAway, type LocalDate } from '../../people/absence.ts'
import type { CallOrder, Contact } from './contact.ts'

/** Of a person what somebody needs to call them. */
export interface Colleague {
  _id: string
  slug: string
  name: string
  email?: string
  phone?: string
  status: 'active' | 'left'
  readers: readonly string[]
  sourceId?: string
  absence?: Absence
}

export interface Callable {
  name: string
  slug?: string
  email?: string
  phone?: string
}

export interface Answering {
  /** Absent when nobody answers. */
  who?: Callable
  /** Why it is not the first point of contact: "Ann Lee is away until 3 May 2026; Ben Cole covers." */
  why?: string
}

export interface Presence {
  state: 'here' | 'away' | 'gone'
  callable: Callable
  /** "Ann Lee is away until 3 May 2026" */
  text: string
  person?: Colleague
}

export type FindColleague = (contact: Pick<Contact, 'personId' | 'sourceId'>) => Colleague | undefined

const ordinals = ['the first point of contact', 'the first step of escalation']
export const placeText = (position: number): string => ordinals[position] ?? `step ${position} of the escalation`

/** @param find  knows those whom the reader may see */
export function presenceOf(contact: Contact, find: FindColleague, today: LocalDate): Presence {
  if (contact.personId === undefined && contact.sourceId === undefined) {
    return { state: 'here', callable: { ...contact, name: contact.name ?? '' }, text: '' }
  }
  const person = find(contact)
  if (person === undefined) return { state: 'gone', callable: { name: '' }, text: '' }
  const { name, slug, email, phone } = person
  const callable = { name, slug, ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) }
  if (person.status !== 'active' || !person.readers.includes(partnershipToken))
    return { state: 'gone', callable, text: `${name} is not here at present`, person }
  if (isAway(person.absence, today))
    return { state: 'away', callable, text: `${name} is away until ${dayText(person.absence?.until ?? today)}`, person }
  return { state: 'here', callable, text: '', person }
}

/**
 * Who answers on a day: of each step the contact, then who covers this absence, then the step's standing cover; else the next step. Covers are not
 * followed further, so that there are no circles.
 */
export function whoAnswers(order: CallOrder, find: FindColleague, today: LocalDate): Answering {
  const missed: string[] = []
  for (const [position, { contact, cover }] of order.entries()) {
    const presence = presenceOf(contact, find, today)
    if (presence.state === 'here') return answered(presence, missed, 'is the next step')
    missed.push(presence.text || `${placeText(position)} is not here any more`)
    const absence = presence.state === 'away' ? presence.person?.absence : undefined
    const covers = [...coverOf(absence), ...(cover === undefined ? [] : [cover])]
    for (const covering of covers.map(candidate => presenceOf(candidate, find, today))) {
      if (covering.state === 'here') return answered(covering, missed, 'covers')
      if (covering.text !== '' && !missed.includes(covering.text)) missed.push(covering.text)
    }
  }
  return missed.length === 0 ? {} : { why: `${sentence(missed)}.` }
}

/** Whom somebody named to cover for this absence. */
export function coverOf(absence: Absence | undefined): Contact[] {
  if (absence?.coverId !== undefined) return [{ personId: absence.coverId }]
  return absence?.coverSourceId === undefined ? [] : [{ sourceId: absence.coverSourceId }]
}

function answered({ callable }: Presence, missed: readonly string[], part: string): Answering {
  return missed.length === 0 ? { who: callable } : { who: callable, why: `${sentence(missed)}; ${callable.name} ${part}.` }
}

function sentence(missed: readonly string[]): string {
  const text = missed.join(', ')
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`
}
