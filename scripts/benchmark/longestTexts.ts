import { longestMarkdown, markdownToHtml } from '../../server/documents/markdown.ts'

/** What Markdown could take long to read: name, what is said again and again, and what stands before it. */
const repeated = [
  ['nested quotes', '>'],
  ['quotes in lists', '> - '],
  ['brackets', '['],
  ['stars', '*'],
  ['stars and lines', '*a_ '],
  ['pictures', '!['],
  ['notes inside notes', '^['],
  ['one note', '[^1]', '[^1]: x\n\n'],
  ['links', '[a](b) '],
  ['broken links', '[x](y)['],
  ['addresses', 'http://'],
  ['code', '`'],
  ['lists', '- '],
  ['headings', '# a\n'],
  ['tables', 'a|b\n-|-\n\n'],
  ['wide tables', '|a\n', `|${'a|'.repeat(300)}\n|${'-|'.repeat(300)}\n`],
  ['tasks', '- [ ] a\n'],
] as const

/** Texts as long as may be written, each with its name. */
export function longestTexts(): Array<{ name: string; text: string }> {
  return repeated.map(([name, unit, before = '']) => ({
    name,
    text: before + unit.repeat((longestMarkdown - before.length) / unit.length),
  }))
}

/** In milliseconds: of the text that takes longest to draw. */
export function slowestDrawingMs(): number {
  const taken = longestTexts().map(({ text }) => {
    const begun = performance.now()
    markdownToHtml(text)
    return performance.now() - begun
  })
  return Math.max(...taken)
}
