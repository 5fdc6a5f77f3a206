import { plainWords } from '../storage/titleWords.ts'
import { addressOf } from './question/questionAddress.ts'
import type { Question } from './question/understanding.ts'
import type { Reworded } from './rewording.ts'
import type { Corrected } from './spelling/respelling.ts'

/** What was searched for beside the words, and the address that searches only for these. */
export function presentReworded(reworded: readonly Reworded[], question: Question) {
  return reworded.map(({ typed, others }) => ({ typed, others: others.join(', '), onlyHref: onlyTyped(typed, question) }))
}

/** What was searched for in place of words that nobody wrote, and the address that searches for these all the same. */
export function presentCorrected(corrected: readonly Corrected[], question: Question) {
  return corrected.map(({ typed, others }) => ({ typed, others: others.join(', '), onlyHref: onlyTyped(typed, question) }))
}

/** The question with these words in quotation marks; undefined where they are not found as they are written. */
function onlyTyped(typed: string, question: Question): string | undefined {
  const words = plainWords(typed).join(String.raw`[^\p{L}\p{N}]+`)
  const q = question.q.replace(new RegExp(String.raw`(?<![\p{L}\p{N}])${words}(?![\p{L}\p{N}])`, 'iu'), found => `"${found}"`)
  return q === question.q || question.q.includes('"') ? undefined : addressOf(question, { q, page: 1 })
}
