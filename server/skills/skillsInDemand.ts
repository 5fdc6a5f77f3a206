import { organisationToken, partnershipToken, type SignedInPerson } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import type { NamedRecord } from '../search/searchType.ts'
import type { Services } from '../services.ts'

export const demandDays = 90
/** One article is no demand. */
const fewestArticles = 2
const dayMs = 24 * 60 * 60 * 1000

/** As many as the search counts at once. */
const mostAtOnce = 100

type Asked = Pick<Services, 'search' | 'clock'>

/** The skills that are most in demand, first the first. */
export async function skillsInDemand(
  reader: SignedInPerson,
  most: number,
  { search, clock }: Asked,
): Promise<(NamedRecord & { count: number })[]> {
  const named = await search.mostFrequent(shared(reader), 'article', 'skill', most, lately(clock))
  return named.filter(({ count }) => count >= fewestArticles)
}

/** Of these skills those in demand, by their ids, with how many articles name them. */
export async function demandFor(
  reader: SignedInPerson,
  skillIds: readonly string[],
  { search, clock }: Asked,
): Promise<Map<string, number>> {
  const parts = Array.from({ length: Math.ceil(skillIds.length / mostAtOnce) }, (_, part) =>
    skillIds.slice(part * mostAtOnce, (part + 1) * mostAtOnce),
  )
  const counted = await Promise.all(parts.map(ids => search.howOften(shared(reader), 'article', 'skill', ids, lately(clock))))
  return new Map(counted.flatMap(counts => [...counts].filter(([, count]) => count >= fewestArticles)))
}

/**
 * What people write about is what they need. Counted are articles shared with the partnership or the reader's organisation and written or changed
 * lately, no drafts: all of it what the reader may see.
 */
const shared = ({ organisationId }: SignedInPerson) => ({ tokens: [partnershipToken, organisationToken(organisationId)] })

const lately = (clock: Clock) => ({ since: new Date(clock.now().getTime() - demandDays * dayMs) })
