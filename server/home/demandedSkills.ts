import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Services } from '../services.ts'
import { skillsInDemand } from '../skills/skillsInDemand.ts'

const mostShown = 6

export interface DemandedSkill {
  name: string
  href: string
  articles: number
  people: number
}

/** The skills in demand against the people who declare them, as far as the reader may see them. */
export async function demandedSkills(reader: SignedInPerson, services: Pick<Services, 'search' | 'clock'>): Promise<DemandedSkill[]> {
  const demanded = await skillsInDemand(reader, mostShown, services)
  const people = await services.search.howOften(
    reader,
    'person',
    'skill',
    demanded.map(({ id }) => id),
  )
  return demanded.map(({ id, label, slug, count }) => ({
    name: label,
    href: `/skills/${slug}`,
    articles: count,
    people: people.get(id) ?? 0,
  }))
}
