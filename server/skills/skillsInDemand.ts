import { organisationToken, partnershipToken, type SignedInPerson } from '../access/accessTokens.ts'
import type { NamedRecord } from '../search/searchType.ts'
import type { Services } from '../services.ts'

export const demandDays = 90
/** One article is no demand. */
const fewestArticles = 2
const dayMs = 24 * 60 * 60 * 1000

/**
 * The skills that articles name most: what people write about is what they need. Counted are articles shared with the partnership or the reader's
 * organisation and written or changed lately, no drafts: all of it what the reader may see.
 */
export async function skillsInDemand(
  reader: SignedInPerson,
  most: number,
  { search, clock }: Pick<Services, 'search' | 'clock'>,
): Promise<(NamedRecord & { count: number })[]> {
  const shared = { tokens: [partnershipToken, organisationToken(reader.organisationId)] }
  const since = new Date(clock.now().getTime() - demandDays * dayMs)
  const named = await search.mostFrequent(shared, 'article', 'skill', most, { since })
  return named.filter(({ count }) => count >= fewestArticles)
}
