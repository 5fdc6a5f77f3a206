import { querySpelling } from '../question/queryWords.ts'
import type { Question, Understanding } from '../question/understanding.ts'
import type { TextQuery } from '../searchEngine.ts'

/** Longer questions are prose, which no two people write alike. */
const longest = 200

/**
 * The words of a question as the log keeps them: those that were typed, since what they were corrected to stands in documents that administrators may not
 * see; undefined when it asks in none, or in too many.
 */
export const loggedWords = ({ text, typed = text }: Understanding): string | undefined => spellingIn(typed)

/** The words that were searched in the place of some that nobody wrote, in the same spelling; undefined when it was searched as it was typed. */
export const wordsInstead = ({ text, corrected = [] }: Pick<Understanding, 'text' | 'corrected'>): string | undefined =>
  corrected.length === 0 ? undefined : spellingIn(text)

function spellingIn({ words, phrases, alternatives = [] }: TextQuery): string | undefined {
  const spelling = querySpelling([...words, ...phrases, ...alternatives.flat()])
  return spelling === '' || spelling.length > longest ? undefined : spelling
}

/** Whether a question goes on from another: its next page, one type of it, narrowed or in another order. */
export const isFollowUp = ({ type, filters, from, before, sort, page }: Question): boolean =>
  page > 1 || [type, from, before, sort].some(part => part !== undefined) || Object.keys(filters).length > 0
