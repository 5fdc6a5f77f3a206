import { plainWords } from '../storage/titleWords.ts'

/** "Perlis, A. J." becomes "A. J. Perlis"; spaces are put in order. What is normalised already stays as it is. */
export function normalisedName(name: string): string {
  const tidy = name
    .replace(/\s+/g, ' ')
    .replace(/[\s,]+$/, '')
    .trim()
  const [family = '', given, ...more] = tidy.split(',').map(part => part.trim())
  if (given === undefined || given === '' || more.length > 0) return tidy
  return `${given.replace(/\.(?=\p{L})/gu, '. ')} ${family}`
}

/** The words that a person is recognised by, the family name last. */
export const nameWords = (name: string): string[] => plainWords(name)
