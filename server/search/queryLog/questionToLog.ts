import type { Question } from '../question/understanding.ts'
import type { Answer } from '../searchService.ts'
import { isFollowUp, loggedWords, wordsInstead } from './loggedWords.ts'
import type { Noted } from './queryLog.ts'

/**
 * A question as the log keeps it; undefined when it asks in no words, or the database answered it alone.
 * @param besides  how much stands above the lists: that is found too
 */
export function questionToLog(
  question: Question,
  { isPlain, understanding, groups }: Answer,
  besides: number,
): Omit<Noted, 'personId'> | undefined {
  const words = isPlain ? undefined : loggedWords(understanding)
  if (words === undefined) return undefined
  const instead = wordsInstead(understanding)
  const found = groups.reduce((sum, { total }) => sum + total, 0) || besides
  return { words, ...(instead === undefined ? {} : { instead }), found, isFollowUp: isFollowUp(question) }
}
