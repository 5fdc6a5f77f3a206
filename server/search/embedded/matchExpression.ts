import { plainPhrases, queryWords, requiredRows, weightOfSynonym, wordPairs } from '../question/queryWords.ts'
import type { Synonym, TextQuery } from '../searchEngine.ts'

/** FTS5 expressions of a question: every token quoted, so that nothing somebody types is syntax. */
export interface MatchExpressions {
  matching?: string
  /** Neighbouring words as phrases: they only add to the score. */
  pairs?: string
  excluded?: string
  /** Other wordings, each with what it counts; `phrase` without what must occur beside it. */
  synonyms: readonly { matching: string; phrase: string; weight: number }[]
  /** Rows of which each must occur, for a document that is kept in several tables: it may have one here and one there. */
  required: readonly string[]
  /** All that ranks, and is marked, in such a table. */
  anyOf?: string
  /** All that is marked. */
  marked?: string
}

const quoted = (words: readonly string[]) => `"${words.join(' ')}"`
const bracketed = (expression: string) => `(${expression})`
const anyOf = (terms: readonly string[]) => terms.join(' OR ')

export function matchExpressions(text: TextQuery): MatchExpressions {
  const { words, excluded, synonyms = [] } = text
  const telling = words.length === 0 ? [] : queryWords(words)
  const wanted = telling.map(word => quoted([word]))
  const pairs = anyOf(wordPairs(telling).map(quoted))
  const all = requiredRows(text).map(row => `(${anyOf(row.map(phrase => quoted([phrase])))})`)
  const none = phraseTerms(excluded)
  const matching =
    all.length === 0 ? anyOf(wanted) : [...all, ...(wanted.length > 0 ? [`(${anyOf([all[0] as string, ...wanted])})`] : [])].join(' AND ')
  const others = synonyms.flatMap(synonym => otherWording(synonym, all))
  const marked = anyOf([matching, ...others.map(other => other.matching)].filter(expression => expression !== '').map(bracketed))
  const ranking = all.length === 0 ? matching : anyOf([...all, ...(wanted.length > 0 ? [all[0] as string, ...wanted] : [])])
  return {
    synonyms: others,
    required: all,
    ...(ranking === '' ? {} : { anyOf: ranking }),
    ...(marked === '' ? {} : { marked }),
    ...(matching === '' ? {} : { matching }),
    ...(pairs === '' ? {} : { pairs }),
    ...(none.length === 0 ? {} : { excluded: anyOf(none) }),
  }
}

/** FTS5 scores a phrase as one term. */
function otherWording(synonym: Synonym, required: readonly string[]) {
  const weight = weightOfSynonym(synonym, 1)
  return phraseTerms([synonym.phrase]).map(phrase => ({ matching: [...required, phrase].join(' AND '), phrase, weight }))
}

const phraseTerms = (phrases: readonly string[]) => plainPhrases(phrases).map(phrase => quoted([phrase]))
