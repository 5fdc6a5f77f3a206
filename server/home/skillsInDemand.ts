import { organisationToken, partnershipToken, type SignedInPerson } from '../access/accessTokens.ts'
import type { Services } from '../services.ts'

export const demandDays = 90
const mostShown = 6
/** One article is no demand. */
const fewestArticles = 2
const dayMs = 24 * 60 * 60 * 1000

export interface DemandedSkill {
  name: string
  href: string
  articles: number
  people: number
}

/**
 * The skills that articles name most: what people write about is what they need. Counted are articles shared with the partnership or the reader's
 * organisation and written or changed lately, no drafts, and the people who declare the skill: all of it what the reader may see.
 */
export async function skillsInDemand(
  reader: SignedInPerson,
  { search, clock }: Pick<Services, 'search' | 'clock'>,
): Promise<DemandedSkill[]> {
  const shared = { tokens: [partnershipToken, organisationToken(reader.organisationId)] }
  const since = new Date(clock.now().getTime() - demandDays * dayMs)
  const named = await search.mostFrequent(shared, 'article', 'skill', mostShown, { since })
  const demanded = named.filter(({ count }) => count >= fewestArticles)
  const people = await search.howOften(
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
