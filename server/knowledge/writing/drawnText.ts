import { readMarkdown } from '../../documents/markdown.ts'

/** A shorter text is seen at once. */
const fewestForContents = 3
const deepest = 3

/** The text of an article as a page prints it. */
export function drawnText(text: string) {
  const { html, headings } = readMarkdown(text).draw()
  const listed = headings.filter(({ level, text }) => level <= deepest && text !== '')
  const contents = listed.map(({ id, text, level }) => ({ href: `#${id}`, text, isBelow: level === deepest }))
  return { html, contents: contents.length < fewestForContents ? [] : contents }
}
