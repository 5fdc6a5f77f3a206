import type { Reader } from '../../access/accessTokens.ts'
import { readMarkdown } from '../../documents/markdown.ts'
import type { TextPictures } from '../../documents/textPictures.ts'
import type { LinkedRecords } from './linkedRecords.ts'

/** A shorter text is seen at once. */
const fewestForContents = 3
const deepest = 3

/** The text of an article as a page prints it for this reader. @param pictures  asked only for a text that shows some; left out, it shows none */
export async function drawnText(
  text: string,
  reader: Reader,
  { linkedRecords }: { linkedRecords: LinkedRecords },
  pictures?: () => Promise<TextPictures>,
) {
  const read = readMarkdown(text)
  const [titles, shown] = await Promise.all([linkedRecords.titles(read.links, reader), read.hasPictures ? pictures?.() : undefined])
  const { html, headings } = read.draw(titles, shown)
  const listed = headings.filter(({ level, text }) => level <= deepest && text !== '')
  const contents = listed.map(({ id, text, level }) => ({ href: `#${id}`, text, isBelow: level === deepest }))
  return { html, contents: contents.length < fewestForContents ? [] : contents }
}
