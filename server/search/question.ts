import type { TextQuery } from './searchEngine.ts'

/** A question as typed, taken apart: quoted phrases, -word, field:value and plain words. */
export interface AskedText {
  words: string[]
  phrases: string[]
  excluded: string[]
  /** What was typed as field:value, in order; whether there is such a field is decided by who knows the fields. */
  fields: { field: string; value: string }[]
  /** What could not be taken as typed, in words for the person. */
  hints: string[]
}

const longestQuestion = 2_000
const mostWords = 200
/** From so many words on, a question reads as prose: its quotation marks and hyphens are no commands. */
const proseWords = 15
const part = /(-?)(?:([\p{L}]+):)?(?:"([^"]*)"|([^\s"]+))/gu

/** Never fails: what cannot be read as meant is searched as plain words, with a hint. */
export function takeApart(typed: string): AskedText {
  const asked: AskedText = { words: [], phrases: [], excluded: [], fields: [], hints: [] }
  const text = balanced(shortened(clean(typed), asked), asked)
  if (text.split(/\s+/).length >= proseWords) return asProse(text, asked)
  for (const [, minus, field, quoted, plain] of text.matchAll(part)) {
    const value = (quoted ?? plain ?? '').trim()
    if (value === '' || value === '-') continue
    if (minus) asked.excluded.push(value)
    else if (field !== undefined && isFieldLike(field, value)) asked.fields.push({ field: field.toLowerCase(), value })
    else if (quoted !== undefined) asked.phrases.push(value)
    else asked.words.push(field === undefined ? value : `${field}:${value}`)
  }
  return asked
}

function asProse(text: string, asked: AskedText): AskedText {
  const words = text
    .replaceAll('"', ' ')
    .split(/\s+/)
    .filter(word => word !== '')
  if (words.length > mostWords) asked.hints.push(`Only the first ${mostWords} words were searched.`)
  return { ...asked, words: words.slice(0, mostWords) }
}

/** Words, phrases and exclusions as somebody would type them, without the filters. */
export function typedText({ words, phrases, excluded }: TextQuery): string {
  const quoted = (value: string) => (/\s/.test(value) ? `"${value}"` : value)
  return [...words, ...phrases.map(phrase => `"${phrase}"`), ...excluded.map(value => `-${quoted(value)}`)].join(' ')
}

/** The fields of the text back as plain words: for those that name no field here. */
export const asWords = ({ field, value }: { field: string; value: string }): string => `${field}:${value}`

const clean = (typed: string) => typed.replace(/[\p{Cc}\p{Co}]/gu, ' ').trim()

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

// "http://…" and "10:30" are words, not fields.
const isFieldLike = (field: string, value: string) => /^[\p{L}]{2,20}$/u.test(field) && !value.startsWith('/')
