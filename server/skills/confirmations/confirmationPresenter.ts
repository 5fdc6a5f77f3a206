import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Person } from '../../people/personModel.ts'
import type { Reason } from '../../search/reasons.ts'
import type { Services } from '../../services.ts'
import type { Level } from '../levels.ts'
import type { Skill } from '../skillModel.ts'
import type { Confirmations, OnProfile, ShownConfirmation } from './confirmations.ts'

const mostNamed = 3

type Found = Awaited<ReturnType<Confirmations['onSkill']>>

export const confirmationsHref = ({ person, skill }: OnProfile): string =>
  `/people/${encodeURIComponent(person)}/skills/${encodeURIComponent(skill)}/confirmations`

/** What the row of a skill on a profile says of its confirmations, with the reader's own button. */
export function presentOnRow(person: Person, skill: { slug: string }, confirmations: readonly ShownConfirmation[], reader: SignedInPerson) {
  const href = confirmationsHref({ person: person.slug, skill: skill.slug })
  const counting = confirmations.filter(({ answer }) => answer === undefined)
  const own = confirmations.find(({ byId }) => byId === reader.id)
  const set = person._id === reader.id ? confirmations.length - counting.length : 0
  const reasons: Reason[] = [
    ...(counting.length === 0
      ? []
      : [{ shape: 'confirmed' as const, before: 'confirmed by', link: { href, text: namesOf(counting.map(({ by }) => by.name)) } }]),
    ...(set === 0 ? [] : [{ shape: 'confirmed' as const, before: 'you hide or contest', link: { href, text: confirmationCount(set) } }]),
  ]
  return {
    reasons,
    ...(person._id === reader.id ? {} : { confirm: buttonOf(href, own) }),
    note: own === undefined ? '' : noteOf(person, own),
  }
}

const buttonOf = (href: string, own: ShownConfirmation | undefined) =>
  own === undefined ? { action: href, text: 'I can confirm this' } : { action: `${href}/withdraw`, text: 'Withdraw my confirmation' }

/** What whoever confirmed is told of what became of it. */
function noteOf({ name }: Pick<Person, 'name'>, { answer, words }: ShownConfirmation): string {
  if (answer === 'hidden') return `${name} does not show your confirmation, so it does not count.`
  if (answer === 'contested') return `${name} contests your confirmation, so it does not count: “${words}”`
  return ''
}

export function namesOf(names: readonly string[], most = mostNamed): string {
  const others = names.length - most
  if (others > 0) return `${names.slice(0, most).join(', ')} and ${others === 1 ? '1 other' : `${others} others`}`
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(text => text !== '').join(' and ')
}

export const confirmationCount = (count: number): string =>
  count === 1 ? '1 confirmation' : `${count.toLocaleString('en-GB')} confirmations`

/** Everything that views/skills/confirmations/list prints. */
export async function presentConfirmations({ person, skill, confirmations }: Found, reader: SignedInPerson, { search }: Services) {
  const organisations = await search.namer(reader)(
    'organisation',
    confirmations.map(({ by }) => by.organisationId),
  )
  const href = confirmationsHref({ person: person.slug, skill: skill.slug })
  const own = confirmations.find(({ byId }) => byId === reader.id)
  const level = person.skills.find(({ skillId }) => skillId === skill._id)?.level
  return {
    title: `Who confirms ${skill.name} of ${person.name}`,
    name: person.name,
    skill: { name: skill.name, href: `/skills/${skill.slug}`, level },
    profileHref: `/people/${person.slug}`,
    isOwn: person._id === reader.id,
    confirm: person._id === reader.id ? undefined : buttonOf(href, own),
    note: own === undefined ? '' : noteOf(person, own),
    confirmations: confirmations.map(confirmation => ({
      name: confirmation.by.name,
      href: `/people/${confirmation.by.slug}`,
      organisation: organisations.get(confirmation.by.organisationId)?.label ?? '',
      since: since(confirmation, level),
      state: confirmation.answer === undefined ? '' : confirmation.answer,
      words: confirmation.words ?? '',
      ...(person._id === reader.id ? { action: `${href}/${encodeURIComponent(confirmation.by.slug)}` } : {}),
    })),
  }
}

/** With the level when that was another one then. */
const since = ({ confirmedAt, level: then }: ShownConfirmation, now: Level | undefined) =>
  then === now ? `on ${longDate(confirmedAt)}` : `on ${longDate(confirmedAt)}, at the level ${then}`

/** Everything that views/skills/confirmations/contest prints. */
export function presentContest(
  { person, skill, confirmation: { by, words } }: { person: Person; skill: Skill; confirmation: ShownConfirmation },
  typed: Record<string, unknown>,
  errors: Problems,
) {
  const href = confirmationsHref({ person: person.slug, skill: skill.slug })
  return {
    title: `Contest the confirmation of ${by.name}`,
    name: by.name,
    skill: skill.name,
    action: `${href}/${encodeURIComponent(by.slug)}/contest`,
    cancelHref: href,
    words: typed.words ?? words,
    errors,
  }
}
