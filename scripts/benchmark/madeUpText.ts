const syllables = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za cra dre flo gri pla ste tri wra'.split(' ')
const known =
  'network server storage backup firewall licence database supplier contract release migration printer telephony council fire police'.split(
    ' ',
  )
const wordCount = 4_000

/** The same numbers each time (Lehmer's generator), so that runs can be compared. */
export function madeUpNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Words as a language has them: the first are frequent, the last are rare. */
export const madeUpWords: readonly string[] = Array.from({ length: wordCount }, (_, rank) => known[rank - 40] ?? wordOf(rank))

function wordOf(rank: number): string {
  const size = syllables.length
  const parts = [syllables[rank % size], syllables[Math.floor(rank / size) % size], syllables[Math.floor(rank / size ** 2) % size], 'n']
  return parts.join('')
}

/** Zipf: a word of rank r about 1/r as often as the first. */
export const anyWord = (number: () => number): string => madeUpWords[Math.floor(wordCount ** number()) - 1] as string

export function sentence(number: () => number, words: number): string {
  return Array.from({ length: words }, () => anyWord(number)).join(' ')
}

/** About as long as asked, in paragraphs. */
export function madeUpText(number: () => number, length: number): string {
  let text = ''
  while (text.length < length) text += `${sentence(number, 12)}.${number() < 0.2 ? '\n\n' : ' '}`
  return text
}
