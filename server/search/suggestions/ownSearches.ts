import type { Models } from '../../models.ts'
import type { SuggestionSource } from './suggestion.ts'

const mostLookedAt = 200

/** What the person searched for before and found as they typed it, as far as it is remembered whose it was: the newest first. */
export const ownSearches =
  ({ askedQueries }: Pick<Models, 'askedQueries'>): SuggestionSource =>
  async ({ words }, { id: personId }, most) => {
    const begun = words.join(' ')
    const asked = await askedQueries.find({ personId }, { words: 1, instead: 1, found: 1 }).sort({ askedAt: -1 }).limit(mostLookedAt).lean()
    const found = asked.filter(query => query.found > 0 && query.instead === undefined && query.words.startsWith(begun))
    const own = new Set(found.map(query => query.words))
    return [...own].slice(0, most).map(query => ({
      value: query,
      hint: 'you searched for this',
      href: `/search?${new URLSearchParams({ q: query })}`,
    }))
  }
