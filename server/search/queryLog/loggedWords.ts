import { querySpelling } from '../question/queryWords.ts'
import type { Question, Understanding } from '../question/understanding.ts'

/** Longer questions are prose, which no two people write alike. */
const longest = 200

/**
 * The words of a question as the log keeps them: those that were typed, since what they were corrected to stands in documents that administrators may not
 * see; undefined when it asks in none, or in too many.
 */
export function loggedWords({ text, typed = text }: Understanding): string | undefined {
  const { words, phrases, alternatives = [] } = typed
  const spelling = querySpelling([...words, ...phrases, ...alternatives.flat()])
  return spelling === '' || spelling.length > longest ? undefined : spelling
}

/** Whether a question goes on from another: its next page, one type of it, narrowed or in another order. */
export const isFollowUp = ({ type, filters, from, before, sort, page }: Question): boolean =>
  page > 1 || [type, from, before, sort].some(part => part !== undefined) || Object.keys(filters).length > 0
