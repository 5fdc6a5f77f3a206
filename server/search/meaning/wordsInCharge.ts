import { queryWords, requiredRows } from '../question/queryWords.ts'
import type { Understanding } from '../question/understanding.ts'

/** A code beside more words than this is one of several things that are asked. */
const mostBesideCode = 2

/**
 * Whether people mean exactly what they type: phrases, alternatives, a single word, somebody's name, a code such as "SFTP" or "KB5021", or nothing but
 * filters. Then nothing is found by meaning.
 */
export function wordsAreInCharge({ text, recognised }: Pick<Understanding, 'text' | 'recognised'>): boolean {
  const telling = queryWords(text.words)
  const namesSomebody = recognised.some(({ field, name }) => field === 'author' && name.certainty === 1)
  const asksForCode = telling.length <= mostBesideCode + 1 && text.words.some(isCode)
  return telling.length < 2 || requiredRows(text).length > 0 || namesSomebody || asksForCode
}

const isCode = (word: string) => /^(?=.*\p{L})(?=.*\p{N})[\p{L}\p{N}._/-]+$/u.test(word) || /^\p{Lu}{2,}$/u.test(word)
