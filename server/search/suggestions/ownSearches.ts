import type { Models } from '../../models.ts'
import type { SuggestionSource } from './suggestion.ts'

const mostLookedAt = 200

/** What the person searched for before and found, as far as it is remembered whose it was: the newest first. */
export const ownSearches =
  ({ askedQueries }: Pick<Models, 'askedQueries'>): SuggestionSource =>
  async ({ words }, { id: personId }, most) => {
    const begun = words.join(' ')
    const asked = await askedQueries.find({ personId }, { words: 1, found: 1 }).sort({ askedAt: -1 }).limit(mostLookedAt).lean()
    const own = new Set(asked.filter(query => query.found > 0 && query.words.startsWith(begun)).map(query => query.words))
    return [...own].slice(0, most).map(query => ({
      value: query,
      hint: 'you searched for this',
      href: `/search?${new URLSearchParams({ q: query })}`,
    }))
  }
