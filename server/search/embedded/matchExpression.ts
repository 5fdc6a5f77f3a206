import { plainPhrases, queryWords, requiredRows, wordPairs } from '../queryWords.ts'
import type { TextQuery } from '../searchEngine.ts'

/** FTS5 expressions of a question: every token quoted, so that nothing somebody types is syntax. */
export interface MatchExpressions {
  matching?: string
  /** Neighbouring words as phrases: they only add to the score. */
  pairs?: string
  excluded?: string
}

const quoted = (words: readonly string[]) => `"${words.join(' ')}"`
const anyOf = (terms: readonly string[]) => terms.join(' OR ')

export function matchExpressions(text: TextQuery): MatchExpressions {
  const { words, excluded } = text
  const telling = words.length === 0 ? [] : queryWords(words)
  const wanted = telling.map(word => quoted([word]))
  const pairs = anyOf(wordPairs(telling).map(quoted))
  const all = requiredRows(text).map(row => `(${anyOf(row.map(phrase => quoted([phrase])))})`)
  const none = phraseTerms(excluded)
  const matching =
    all.length === 0 ? anyOf(wanted) : [...all, ...(wanted.length > 0 ? [`(${anyOf([all[0] as string, ...wanted])})`] : [])].join(' AND ')
  return {
    ...(matching === '' ? {} : { matching }),
    ...(pairs === '' ? {} : { pairs }),
    ...(none.length === 0 ? {} : { excluded: anyOf(none) }),
  }
}

const phraseTerms = (phrases: readonly string[]) => plainPhrases(phrases).map(phrase => quoted([phrase]))
