import { questionWords } from '../question/questionWords.ts'
import type { Synonym } from '../searchEngine.ts'
import { editsAllowed } from './editDistance.ts'
import { spellingsOf } from './spellingVariants.ts'

/** Words of a question as they are searched, when that is not as they were typed. */
export interface Respelling {
  words: readonly string[]
  /** The same words otherwise spelled, which count as much. */
  synonyms: readonly Synonym[]
  /** What nobody wrote, with what is near it. */
  corrected: readonly Corrected[]
}

export interface Corrected {
  typed: string
  /** The nearest first; it is searched in its place. */
  others: readonly string[]
}

/** What is asked about the words of documents; both answer only for documents that the person asking may see. */
export interface WrittenWords {
  /** Those of the phrases that are written in some document. */
  occurring(phrases: readonly string[]): Promise<readonly string[]>
  /** Those that stand in names and synonyms; asked only when a word stands in no document. */
  named(phrases: readonly string[]): Promise<readonly string[]>
  near(word: string, edits: 1 | 2): Promise<readonly string[]>
}

/** More words are prose: there a missing one matters little, and each costs time. */
const mostWords = 12
const mostCorrected = 4
const shortestCompound = 4
const longestCompound = 20

/**
 * Spellings of one word ("organization", "datacentre", "data-centre") become the same search, so that they find the same: a name written as one word
 * stands for the same in two. Words that nobody wrote are taken for the nearest that somebody did.
 * @param words  plain words of the question, in their order
 * @returns undefined when they are searched as they are
 */
export async function respelled(words: readonly string[], written: WrittenWords): Promise<Respelling | undefined> {
  if (words.length === 0 || words.length > mostWords) return undefined
  const pieces = await knownPieces(words, written)
  const unknown = [...new Set(pieces.filter(({ isUnknown }) => isUnknown).flatMap(piece => piece.words))]
  const corrected = await correctedWords(unknown.slice(0, mostCorrected), written)
  const meant = new Map(corrected.map(({ typed, others }) => [typed, others[0] as string]))
  const result = pieces.flatMap(piece => (piece.isUnknown ? piece.words.map(word => meant.get(word) ?? word) : piece.words))
  const alternatives = corrected.flatMap(({ others }) => others.slice(1).map(phrase => ({ phrase, standsFor: 1 })))
  const synonyms = [...pieces.flatMap(piece => piece.synonyms), ...alternatives]
  const isSame = synonyms.length === 0 && result.join(' ') === words.join(' ')
  return isSame ? undefined : { words: result, synonyms, corrected }
}

async function knownPieces(words: readonly string[], written: WrittenWords): Promise<Piece[]> {
  const possible = possibleWords(words)
  const occurring = await written.occurring(possible)
  const pieces = piecesOf(words, new Set(occurring))
  if (!pieces.some(({ isUnknown }) => isUnknown)) return pieces
  return piecesOf(words, new Set([...occurring, ...(await written.named(possible))]))
}

/** Some of the words as they are searched. */
interface Piece {
  words: string[]
  synonyms: Synonym[]
  isUnknown?: true
}

function piecesOf(words: readonly string[], occurring: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < words.length; ) {
    const [word, next] = [words[at] as string, words[at + 1]]
    const joined = next === undefined ? undefined : writtenAsOne(joinedSpellings(word, next), occurring)
    pieces.push(joined ?? compoundOf(spellingsOf(word), occurring) ?? asTyped(word))
    at += joined === undefined ? 1 : 2
  }
  return pieces
}

const asTyped = (word: string): Piece => ({ words: [word], synonyms: [], ...(questionWords.has(word) ? {} : { isUnknown: true }) })

const writtenAsOne = (spellings: readonly string[], occurring: ReadonlySet<string>): Piece | undefined =>
  spellings.some(spelling => occurring.has(spelling)) ? compoundOf(spellings, occurring) : undefined

/**
 * One name in all its spellings, as one word and as two: the first that is written is searched, the others beside it. What is written only as two
 * words is searched as these.
 */
function compoundOf(spellings: readonly string[], occurring: ReadonlySet<string>): Piece | undefined {
  const whole = spellings.filter(spelling => occurring.has(spelling))
  const apart = spellings.flatMap(splitsOf).filter(split => occurring.has(split))
  const [first, ...others] = [...whole, ...apart]
  if (first === undefined) return undefined
  if (whole.length === 0) return { words: first.split(' '), synonyms: [] }
  return { words: [first], synonyms: others.map(phrase => ({ phrase, standsFor: 1, isTyped: true })) }
}

function joinedSpellings(word: string, next: string): string[] {
  if (questionWords.has(word) || questionWords.has(next)) return []
  return spellingsOf(word + next).filter(({ length }) => length >= shortestCompound && length <= longestCompound)
}

/** What a line break leaves of words in scanned text ("oper- ating") is no word. */
const endings = new Set(
  'able age agement al ally ance ate ated ates ating ation ations ed ence er ers es ful ies ied ing ings ion ions ised ising ist ists ity ive ized izing less ly ment ments ness ous sion sions tion tions'.split(
    ' ',
  ),
)

/** "x ray" of "xray"; neither part is a word that only frames a question. */
function splitsOf(word: string): string[] {
  if (word.length < shortestCompound || word.length > longestCompound) return []
  const places = Array.from({ length: word.length - 2 }, (_, place) => place + 1)
  return places
    .map(place => [word.slice(0, place), word.slice(place)])
    .filter(([first = '', second = '']) => !questionWords.has(first) && !questionWords.has(second) && !endings.has(second))
    .map(parts => parts.join(' '))
}

/** All that could be written for these words. */
function possibleWords(words: readonly string[]): string[] {
  const spellings = words.flatMap((word, at) => {
    const next = words[at + 1]
    return [...spellingsOf(word), ...(next === undefined ? [] : joinedSpellings(word, next))]
  })
  return [...new Set(spellings.flatMap(spelling => [spelling, ...splitsOf(spelling)]))]
}

async function correctedWords(unknown: readonly string[], written: WrittenWords): Promise<Corrected[]> {
  const corrected = await Promise.all(
    unknown.map(async typed => {
      const edits = editsAllowed(typed)
      const others = edits === 0 ? [] : await written.near(typed, edits)
      return { typed, others: withoutForms(others) }
    }),
  )
  return corrected.filter(({ others }) => others.length > 0)
}

/** Of "networks" and "network" the first: both find the same. */
const withoutForms = (words: readonly string[]): string[] =>
  words.filter((word, position) => !words.slice(0, position).some(before => before.startsWith(word) || word.startsWith(before)))
