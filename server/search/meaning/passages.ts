import type { Passage, PassageText } from './encoder.ts'

/** About 200 word pieces of English, of the 256 that the recommended model reads with the title. */
const passageLength = 900
/** So that what stands across a cut is whole in one of two passages. */
const overlap = 150
/** Of a longer record the beginning is found by meaning, all of it by words. */
export const mostPassages = 64
const longestText = mostPassages * (passageLength - overlap)
const longestTitle = 200

/** What of a record is encoded: as much as its passages hold. */
export const encodable = ({ title, text }: PassageText): PassageText => ({
  title: whole(title.slice(0, longestTitle)),
  text: whole(text.slice(0, longestText)),
})

/**
 * Cuts a text at the ends of its paragraphs, sentences or words, in this order of preference, and where there are none after so many characters.
 * Passages overlap by the last sentence or so, and together hold everything but white space.
 * @returns in their order, at least one: of a text without words one that is empty
 */
export function passagesOf(text: string): Passage[] {
  const passages: Passage[] = []
  for (let from = begin(text, 0); from < text.length && passages.length < mostPassages; ) {
    const to = endOf(text, from)
    passages.push({ from, to: from + text.slice(from, to).trimEnd().length })
    if (begin(text, to) >= text.length) break
    from = begin(text, startOfNext(text, from, to))
  }
  return passages.length > 0 ? passages : [{ from: 0, to: 0 }]
}

/** What the model reads of a passage. */
export const readPassage = ({ title, text }: PassageText, { from, to }: Passage): string => `${title}\n${text.slice(from, to)}`.trim()

const boundaries = [/\n/g, /[.!?…]["')\]]?\s/g, /\s/g]

function endOf(text: string, from: number): number {
  const furthest = from + passageLength
  if (furthest >= text.length) return text.length
  const half = text.slice(from + passageLength / 2, furthest)
  for (const boundary of boundaries) {
    const last = lastEnd(half, boundary)
    if (last !== undefined) return from + passageLength / 2 + last
  }
  return between(text, furthest)
}

/** A sentence or a word that begins within the overlap; else right after the cut. */
function startOfNext(text: string, from: number, to: number): number {
  const earliest = Math.max(from + 1, to - overlap)
  const tail = text.slice(earliest, to)
  for (const boundary of [boundaries[1] as RegExp, boundaries[2] as RegExp]) {
    const first = firstEnd(tail, boundary)
    if (first !== undefined && first < tail.length) return earliest + first
  }
  return to
}

function lastEnd(text: string, boundary: RegExp): number | undefined {
  let end: number | undefined
  for (const match of text.matchAll(boundary)) end = match.index + match[0].length
  return end
}

function firstEnd(text: string, boundary: RegExp): number | undefined {
  const [match] = text.matchAll(boundary)
  return match === undefined ? undefined : match.index + match[0].length
}

function begin(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/.test(text[at] as string)) at++
  return at
}

/** Never within a character of two code units. */
const between = (text: string, at: number) => (isSecondHalf(text.charCodeAt(at)) ? at - 1 : at)
const isSecondHalf = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff
const whole = (text: string) => text.replace(/[\uD800-\uDBFF]$/, '')
