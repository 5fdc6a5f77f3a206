import { plainWords } from '../../storage/titleWords.ts'
import type { Synonym, TextQuery } from '../searchEngine.ts'
import { questionWords } from './questionWords.ts'

/**
 * The words of a question that are searched, the same for both engines: in one spelling, repeated as often as asked, without the wordy part; a
 * question of nothing but wordy words keeps them.
 */
export function queryWords(words: readonly string[]): string[] {
  const all = plainWords(words.join(' '))
  const telling = all.filter(word => !questionWords.has(word) && (word.length > 1 || /\d/.test(word)))
  return telling.length > 0 ? telling : all
}

/** Two questions with the same words in the same order are the same question. */
export const querySpelling = (words: readonly string[]): string => queryWords(words).join(' ')

/** Phrases in the same spelling; those without a word say nothing. */
export const plainPhrases = (phrases: readonly string[]): string[] =>
  phrases.map(phrase => plainWords(phrase).join(' ')).filter(phrase => phrase !== '')

/** What must occur, as rows of which one is enough: phrases, and what OR stands between. */
export function requiredRows({ phrases, alternatives = [] }: TextQuery): string[][] {
  return [...phrases.map(phrase => [phrase]), ...alternatives].map(plainPhrases).filter(row => row.length > 0)
}

/** Whether it asks in words at all; what is left out alone does not. */
export const hasWords = ({ words, phrases, alternatives = [] }: TextQuery): boolean =>
  words.length + phrases.length + alternatives.length > 0

/** What another wording counts, in parts of what the typed one does. */
const synonymWeight = 0.8

/**
 * Another wording counts for the words it stands for. A longer one ("service level agreement" for "SLA") scores by each of its words, so their mean counts;
 * a shorter one counts for less than each of the words it stands for, since "service" and "level" are common words and "SLA" is not.
 * @param terms  of how many words the engine adds up the score of the wording itself
 */
export function weightOfSynonym({ standsFor, isTyped }: Synonym, terms: number): number {
  const share = standsFor / terms
  return (isTyped ? 1 : synonymWeight) * Math.min(share, Math.sqrt(share))
}

/** What words next to each other add when a document has them next to each other too, in parts of what a word adds. */
export const pairWeight = 0.1
const mostPairs = 40

/** Neighbours among the words that are searched: documents that keep them together rank a little higher. */
export function wordPairs(words: readonly string[]): [string, string][] {
  const pairs = words.slice(1).map((word, position): [string, string] => [words[position] as string, word])
  return pairs.filter(([first, second]) => first !== second).slice(0, mostPairs)
}
