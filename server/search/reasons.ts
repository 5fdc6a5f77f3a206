import { typedText } from './question.ts'
import { addressOf } from './questionAddress.ts'
import type { Group } from './searchService.ts'
import { personType } from './searchType.ts'
import { askedSkills, type Understanding } from './understanding.ts'

/** Why a person is there. The shapes say without colour where a reason comes from. */
export interface Reason {
  shape: 'declared' | 'confirmed' | 'shown'
  before: string
  link?: { href: string; text: string }
  after?: string
}

interface WithSkills {
  _id: string
  slug: string
  skills: readonly { skillId: string; level: string }[]
}

/** Reasons for each person of a group, in order; undefined for other types. */
export function reasonsFor(group: Group, understanding: Understanding): Reason[][] | undefined {
  if (group.type.type !== personType) return undefined
  const asked = askedSkills(understanding)
  const words = typedText(understanding.text)
  return group.found.map(({ record }) => {
    const person = record as unknown as WithSkills
    return [...declared(person, asked), ...shown(person, group, words)]
  })
}

function declared(person: WithSkills, asked: readonly { id: string; label: string }[]): Reason[] {
  const has = asked.flatMap(({ id, label }) => person.skills.filter(skill => skill.skillId === id).map(({ level }) => `${label}, ${level}`))
  if (has.length === 0) return []
  const counted = asked.length > 1 ? `${has.length} of ${asked.length} skills: ` : ''
  return [{ shape: 'declared', before: counted + has.join('; ') }]
}

function shown(person: WithSkills, { evidence }: Group, q: string): Reason[] {
  return (evidence?.of(person._id) ?? []).map(({ type, count }) => ({
    shape: 'shown',
    before: `${type.contributed} `,
    link: {
      href: addressOf({ q, type: type.type, filters: { author: [person.slug] }, page: 1 }),
      text: count === 1 ? `1 matching ${type.type}` : `${count.toLocaleString('en-GB')} matching ${type.plural}`,
    },
  }))
}
