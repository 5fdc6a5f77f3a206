import type { Level } from '../skills/levels.ts'
import { hasWords } from './question/queryWords.ts'
import { typedText } from './question/question.ts'
import { addressOf } from './question/questionAddress.ts'
import { askedLevels, askedSkills, type Understanding } from './question/understanding.ts'
import type { Group } from './searchService.ts'
import { personType } from './searchType.ts'

/** Why a person is there. The shapes say without colour where a reason comes from. */
export interface Reason {
  shape: 'declared' | 'confirmed' | 'shown'
  before: string
  link?: { href: string; text: string }
  after?: string
}

/** As many as stand beside a result; the profile has them all. */
const mostConfirmed = 3

interface WithSkills {
  _id: string
  slug: string
  skills: readonly { skillId: string; level: Level; lastUsed?: Date }[]
}

/** Reasons for each person of a group, in order; undefined for other types. */
export function reasonsFor(group: Group, understanding: Understanding): Reason[][] | undefined {
  if (group.type.type !== personType) return undefined
  return group.found.map(({ record }) => {
    const person = record as unknown as WithSkills
    return [...declared(person, understanding), ...confirmed(person, group, understanding), ...shown(person, group, understanding)]
  })
}

/** "2 of 3: VMware, expert; Procurement, working; not: Welsh", with the profile that says so. */
function declared(person: WithSkills, understanding: Understanding): Reason[] {
  const asked = askedSkills(understanding)
  const levels = askedLevels(understanding)
  const declaredOf = (id: string) => person.skills.find(({ skillId }) => skillId === id)
  const counts = (id: string) => levels.some(level => level === declaredOf(id)?.level)
  const has = asked.filter(({ id }) => counts(id))
  if (has.length === 0) return []
  const missing = asked.filter(({ id }) => declaredOf(id) === undefined)
  const atOther = asked.filter(({ id }) => declaredOf(id) !== undefined && !counts(id))
  const after = [...named('not', missing), ...named('at another level', atOther)].join('')
  return [
    {
      shape: 'declared',
      before: asked.length > 1 ? `${has.length} of ${asked.length}: ` : '',
      link: { href: `/people/${person.slug}#skills`, text: has.map(({ id, label }) => said(label, declaredOf(id))).join('; ') },
      ...(after === '' ? {} : { after }),
    },
  ]
}

const named = (what: string, skills: readonly { label: string }[]): string[] =>
  skills.length === 0 ? [] : [`; ${what}: ${skills.map(({ label }) => label).join(', ')}`]

const said = (label: string, skill: WithSkills['skills'][number] | undefined): string =>
  [label, skill?.level, ...(skill?.lastUsed === undefined ? [] : [`used ${skill.lastUsed.getUTCFullYear()}`])].join(', ')

/** Which of the asked skills others confirm; which one is said when several are asked. */
function confirmed(person: WithSkills, { evidence }: Group, understanding: Understanding): Reason[] {
  const asked = askedSkills(understanding)
  const all = evidence?.confirmedOf(person._id) ?? []
  const reasons = asked.flatMap(({ id, label }) =>
    all
      .filter(({ skillId }) => skillId === id)
      .map(({ reason }) => (asked.length > 1 ? { ...reason, before: `${label} ${reason.before}` } : reason)),
  )
  return reasons.slice(0, mostConfirmed)
}

/** What somebody contributed that matches: the link asks the same of that alone. */
function shown(person: WithSkills, { evidence }: Group, understanding: Understanding): Reason[] {
  const q = typedText(understanding.text)
  const skill = hasWords(understanding.text) ? [] : askedSkills(understanding).map(({ slug }) => slug)
  const filters = { author: [person.slug], ...(skill.length === 0 ? {} : { skill }) }
  return (evidence?.of(person._id) ?? []).map(({ type, count }) => ({
    shape: 'shown',
    before: `${type.contributed} `,
    link: {
      href: addressOf({ q, type: type.type, filters, page: 1 }),
      text: count === 1 ? `1 matching ${type.type}` : `${count.toLocaleString('en-GB')} matching ${type.plural}`,
    },
  }))
}
