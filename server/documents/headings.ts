import type { MarkdownIt } from 'markdown-it'
import { plainWords } from '../storage/titleWords.ts'

/** A heading of the text, as a table of contents shows it. */
export interface Heading {
  id: string
  text: string
  /** From 2 on, as it is drawn. */
  level: number
}

interface DrawnHeadings {
  idPrefix: string
  headings?: Heading[]
}

const longestId = 60

/** Gives every heading an id made from its words, which stays while the words do, and notes it in `env.headings`. */
export function headingIds(markdown: MarkdownIt): void {
  markdown.core.ruler.push('heading_ids', ({ tokens, env }) => {
    const { idPrefix, headings } = env as unknown as DrawnHeadings
    const times = new Map<string, number>()
    for (const [place, token] of tokens.entries()) {
      if (token.type !== 'heading_open') continue
      const text = wordsOf(tokens[place + 1]?.children ?? [])
      const name = plainWords(text).join('-').slice(0, longestId) || 'section'
      const time = (times.get(name) ?? 0) + 1
      times.set(name, time)
      const id = `${idPrefix}${name}${time === 1 ? '' : `--${time}`}`
      token.attrSet('id', id)
      headings?.push({ id, text, level: Math.max(2, Number(token.tag.slice(1))) })
    }
  })
}

const wordsOf = (parts: readonly { type: string; content: string }[]): string =>
  parts
    .filter(({ type }) => type === 'text' || type === 'code_inline')
    .map(({ content }) => content)
    .join('')
    .trim()
