import type { Reader } from '../../access/accessTokens.ts'
import { readMarkdown } from '../../documents/markdown.ts'
import type { LinkedRecords } from './linkedRecords.ts'

/** A shorter text is seen at once. */
const fewestForContents = 3
const deepest = 3

/** The text of an article as a page prints it for this reader. */
export async function drawnText(text: string, reader: Reader, { linkedRecords }: { linkedRecords: LinkedRecords }) {
  const read = readMarkdown(text)
  const { html, headings } = read.draw(await linkedRecords.titles(read.links, reader))
  const listed = headings.filter(({ level, text }) => level <= deepest && text !== '')
  const contents = listed.map(({ id, text, level }) => ({ href: `#${id}`, text, isBelow: level === deepest }))
  return { html, contents: contents.length < fewestForContents ? [] : contents }
}
