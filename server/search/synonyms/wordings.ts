import { plainWords } from '../../storage/titleWords.ts'
import { questionWords } from '../question/questionWords.ts'

export const mostWordings = 10
export const mostWords = 6
export const longestWording = 80

/** The words of a wording without the endings of plurals, so that "SLAs" is "SLA": the S-stemmer of Harman ("How effective is suffixing?", JASIS 1991), shortened. */
export const wordsOfWording = (text: string): string[] => plainWords(text).map(singular)

export const wordingSpelling = (text: string): string => wordsOfWording(text).join(' ')

function singular(word: string): string {
  if (word.length > 4 && /[^ae]ies$/.test(word)) return `${word.slice(0, -3)}y`
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word
}

/** One on each line, without repetitions. */
export function wordingsIn(typed: string): string[] {
  const lines = typed.split('\n').map(line => line.replace(/\s+/g, ' ').trim())
  const bySpelling = new Map(
    lines
      .filter(line => line !== '')
      .map(line => [wordingSpelling(line), line] as const)
      .reverse(),
  )
  return [...bySpelling.values()].reverse()
}

/** What is wrong with the wordings of a group, in words for who typed them; undefined when nothing is. */
export function problemOf(wordings: readonly string[]): string | undefined {
  if (wordings.length === 0) return 'Enter the words that mean the same, each on a line of its own'
  if (wordings.length === 1) return `Enter at least one more word beside “${wordings[0]}” that means the same, on a line of its own`
  if (wordings.length > mostWordings) return `Use ${mostWordings} words or fewer: these are ${wordings.length}`
  return wordings.map(problemOfOne).find(problem => problem !== undefined)
}

function problemOfOne(wording: string): string | undefined {
  const words = plainWords(wording)
  const shown = wording.slice(0, longestWording)
  if (wording.length > longestWording) return `“${shown}…” has more than ${longestWording} characters. Is there a line break missing?`
  if (words.length === 0) return `“${shown}” has no letter or digit, so nobody could search for it`
  if (words.length > mostWords) return `“${shown}” has more than ${mostWords} words. Is there a line break missing?`
  if (words.every(word => questionWords.has(word)))
    return `“${shown}” is a word that many questions hold without meaning it. Leave it out, or write the name in full`
  return undefined
}
