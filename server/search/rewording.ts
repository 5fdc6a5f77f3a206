import type { Reader } from '../access/accessTokens.ts'
import { plainWords } from '../storage/titleWords.ts'
import type { Understanding } from './question/understanding.ts'
import type { Synonym } from './searchEngine.ts'
import type { NameDirectory } from './searchType.ts'

/** Words of a question, and what else says the same. */
export interface Reworded {
  /** As people write it: "SLA". */
  typed: string
  /** How many of the words. */
  standsFor: number
  others: readonly string[]
}

/** What a feature knows to mean the same as some words of a question (plain words, in their order). */
export type Rewording = (words: readonly string[]) => Promise<readonly Reworded[]>

const mostOthers = 20
/** How sure another wording is meant as the name that it is. */
const certainty = 0.8

/**
 * The understanding with everything that says the same as its words: searched as synonyms, and its names recognised. Phrases in quotation marks and what is
 * excluded stay as they were typed.
 */
export async function reworded(
  understanding: Understanding,
  { rewordings, names, reader }: { rewordings: readonly Rewording[]; names: readonly NameDirectory[]; reader: Reader },
): Promise<Understanding> {
  const words = plainWords(understanding.text.words.join(' '))
  if (words.length === 0 || rewordings.length === 0) return understanding
  const found = (await Promise.all(rewordings.map(rewording => rewording(words)))).flat()
  const synonyms = found.flatMap(synonymsOf).slice(0, mostOthers)
  if (synonyms.length === 0) return understanding
  const text = { ...understanding.text, synonyms: [...(understanding.text.synonyms ?? []), ...synonyms] }
  const known = new Set(understanding.recognised.map(({ field, name }) => `${field} ${name.id}`))
  const more = await recognisedIn(
    synonyms.map(({ phrase }) => phrase),
    names,
    reader,
  )
  return { ...understanding, text, recognised: [...understanding.recognised, ...unknownOf(more, known)], reworded: found }
}

function synonymsOf({ typed, standsFor, others }: Reworded): Synonym[] {
  const whole = standsFor > 1 ? [{ phrase: typed, standsFor, isTyped: true }] : []
  return [...whole, ...others.map(phrase => ({ phrase, standsFor }))]
}

type Recognised = Understanding['recognised']

function unknownOf(more: Recognised, known: Set<string>): Recognised {
  return more.filter(({ field, name }) => {
    const key = `${field} ${name.id}`
    return !known.has(key) && known.add(key)
  })
}

async function recognisedIn(phrases: readonly string[], names: readonly NameDirectory[], reader: Reader): Promise<Recognised> {
  // An empty word is in no name, so none reaches from one wording into the next.
  const words = phrases.flatMap(phrase => [...plainWords(phrase), ''])
  const found = names.map(async ({ field, recognise }) =>
    ((await recognise?.(words, reader)) ?? []).map(name => ({ field, name: { ...name, certainty: name.certainty * certainty } })),
  )
  return (await Promise.all(found)).flat()
}
