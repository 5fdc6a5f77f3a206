import type { TextQuery } from '../searchEngine.ts'
import { type Alternatives, alternativesOf } from './questionGroups.ts'
import { type Comparison, hasWord, invisible, type Token, tokensOf } from './questionTokens.ts'

/** A question as typed, taken apart: plain words, quoted phrases, rows joined by OR, -word and field:value. */
export interface AskedText {
  words: string[]
  phrases: string[]
  /** Of each row at least one is asked for: words or phrases. */
  alternatives: string[][]
  excluded: LeftOut[]
  /** In order; whether there is such a field is decided by who knows the fields. */
  fields: AskedField[]
  /** What could not be taken as typed, in words for the person. */
  hints: string[]
}

/** Where it stands in what was typed, so that it can be taken off. */
interface Place {
  from: number
  to: number
}

export interface LeftOut extends Place {
  value: string
}

export interface AskedField extends Place {
  field: string
  comparison: Comparison
  /** Several when OR stands between them. */
  values: string[]
  isExcluded: boolean
}

const longestQuestion = 2_000
const mostWords = 200
/** From so many words on, a question reads as prose: its quotation marks and hyphens are no commands. */
const proseWords = 15
const orHint =
  'OR joins the words or “phrases” on its left and right, or two values of one field, so here everything was searched as plain words.'

/** Never fails: what cannot be read as meant is searched as plain words, with a hint. */
export function takeApart(typed: string): AskedText {
  const asked: AskedText = { words: [], phrases: [], alternatives: [], excluded: [], fields: [], hints: [] }
  const text = balanced(shortened(clean(typed), asked), asked)
  const plain = pieces(text.replaceAll('"', ' '))
  if (plain.length >= proseWords) return asProse(plain, asked)
  const groups = alternativesOf(withoutShouting(telling(tokensOf(text)), text))
  if (groups === undefined) return asPlainWords(text, asked)
  for (const group of groups) add(group, asked)
  return simplest(asked)
}

function add({ tokens: all, isExcluded }: Alternatives, asked: AskedText): void {
  const tokens = all.length === 1 ? all : all.filter(({ value }) => hasWord(value))
  const first = tokens[0]
  if (first === undefined) return
  const place = { from: first.from, to: (tokens.at(-1) as Token).to }
  if (first.field !== undefined)
    asked.fields.push({
      field: first.field,
      comparison: first.comparison ?? ':',
      values: tokens.map(({ value }) => value),
      isExcluded,
      ...place,
    })
  else if (isExcluded)
    asked.excluded.push(...tokens.filter(({ value }) => hasWord(value)).map(({ value, from, to }) => ({ value, from, to })))
  else if (tokens.length > 1) asked.alternatives.push(tokens.map(({ value }) => value))
  else if (first.isQuoted && hasWord(first.value)) asked.phrases.push(first.value)
  else asked.words.push(first.value)
}

/** Of plain words one is enough anyway: a row of them that is all that is asked is these words. */
function simplest(asked: AskedText): AskedText {
  const { words, phrases, alternatives } = asked
  const [row = []] = alternatives
  if (alternatives.length !== 1 || words.length + phrases.length > 0 || row.some(value => /\s/.test(value) || value === 'OR')) return asked
  return { ...asked, words: row, alternatives: [] }
}

/** Signs alone say nothing beside words. */
function telling(tokens: Token[]): Token[] {
  const withWords = tokens.filter(({ value, opens, closes }) => hasWord(value) || opens + closes > 0)
  return withWords.some(({ value }) => hasWord(value)) ? withWords : tokens
}

/** Among plain words all in capitals OR is a word like the others. */
function withoutShouting(tokens: Token[], text: string): Token[] {
  const isShouted = /\p{Lu}/u.test(text.replaceAll('OR', '')) && !/\p{Ll}/u.test(text)
  const isPlain = tokens.every(({ isQuoted, isExcluded, field }) => !isQuoted && !isExcluded && field === undefined)
  return isShouted && isPlain ? tokens.filter(({ value }) => value !== 'OR') : tokens
}

function asProse(words: string[], asked: AskedText): AskedText {
  if (words.length > mostWords) asked.hints.push(`Only the first ${mostWords} words were searched.`)
  return { ...asked, words: words.slice(0, mostWords) }
}

function asPlainWords(text: string, asked: AskedText): AskedText {
  const words = pieces(text.replace(/["():<>=]/g, ' ').replace(/(?<=^|\s)-+/g, ' ')).filter(word => word !== 'OR')
  return { ...asked, words, hints: [...asked.hints, orHint] }
}

const pieces = (text: string) =>
  text
    .replace(invisible, '')
    .split(/\s+/)
    .filter(word => word !== '')

/** What the engine is asked. @param unknown  what looks like a field and is none: words like others */
export function textQueryOf(asked: AskedText, unknown: readonly { text: string; isExcluded: boolean }[] = []): TextQuery {
  const texts = (isExcluded: boolean) => unknown.filter(part => part.isExcluded === isExcluded).map(({ text }) => text)
  return {
    words: [...asked.words, ...texts(false)],
    phrases: asked.phrases,
    ...(asked.alternatives.length === 0 ? {} : { alternatives: asked.alternatives }),
    excluded: [...asked.excluded.map(({ value }) => value), ...texts(true)],
  }
}

/** Words, phrases, rows and exclusions as somebody would type them, without the filters. */
export function typedText({ words, phrases, alternatives = [], excluded }: TextQuery): string {
  const quoted = (value: string) => (/^[\p{L}\p{N}\p{M}]+$/u.test(value) && value !== 'OR' ? value : `"${value}"`)
  return [
    ...words,
    ...phrases.map(phrase => `"${phrase}"`),
    ...alternatives.map(row => row.map(quoted).join(' OR ')),
    ...excluded.map(value => `-${quoted(value)}`),
  ].join(' ')
}

/** What was typed, without the part at this place. */
export const withoutPart = (typed: string, { from, to }: Place): string =>
  `${typed.slice(0, from)} ${typed.slice(to)}`.replace(/\s+/g, ' ').trim()

/** As many characters as before, so that places stay. What is invisible within a word is taken out of it later. */
const clean = (typed: string) =>
  typed
    .replace(/[\p{Cc}\p{Co}]/gu, unseen => ' '.repeat(unseen.length))
    .replace(invisible, (unseen, at: number) => (isWithinWord(typed, at) ? unseen : ' '))

const isWithinWord = (text: string, at: number) =>
  /[\p{L}\p{N}\p{M}]/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}\p{M}]/u.test(text[at + 1] ?? '')

function shortened(text: string, asked: AskedText): string {
  if (text.length <= longestQuestion) return text
  asked.hints.push(`Only the first ${longestQuestion.toLocaleString('en-GB')} characters were searched.`)
  return text.slice(0, longestQuestion)
}

function balanced(text: string, asked: AskedText): string {
  if ((text.split('"').length - 1) % 2 === 0) return text
  asked.hints.push('A quotation mark has no partner, so it was left out. Put a phrase between two of them: "data centre".')
  const last = text.lastIndexOf('"')
  return `${text.slice(0, last)} ${text.slice(last + 1)}`
}
