import type { SignedInPerson } from '../../access/accessTokens.ts'
import { says } from '../../documents/drawnWords.ts'
import { Invalid } from '../../failures.ts'
import type { Article } from '../articles/articleModel.ts'
import { drawnText } from '../writing/drawnText.ts'
import type { LinkedRecords } from '../writing/linkedRecords.ts'

export const longestPassage = 300
/** From here on a link names the beginning and the end: words of several paragraphs are not found as one. */
const fewestForRange = 8
const atEachEnd = 3

interface Drawing {
  linkedRecords: LinkedRecords
}

/** @throws Invalid, beside the field, when the article does not say these words to this reader */
export async function checkPassage(article: Article, passage: string, reader: SignedInPerson, drawing: Drawing): Promise<void> {
  const { html } = await drawnText(article.text, reader, drawing)
  if (!says(html, passage))
    throw new Invalid({ passage: 'The article does not say these words. Copy them from it, or leave this empty to comment on the whole.' })
}

export interface ShownPassage {
  text: string
  /** Left out when the article does not say it any more. */
  href?: string
}

/** The words that comments are about, with a link to them while the article says them. */
export async function presentPassages(
  article: Article,
  passages: readonly string[],
  reader: SignedInPerson,
  drawing: Drawing,
): Promise<ReadonlyMap<string, ShownPassage>> {
  if (passages.length === 0) return new Map()
  const { html } = await drawnText(article.text, reader, drawing)
  return new Map(
    passages.map(text => [text, { text, ...(says(html, text) ? { href: `/knowledge/${article.slug}${textFragment(text)}` } : {}) }]),
  )
}

/** The end of an address at which browsers scroll to words and mark them (WICG, URL Fragment Text Directives). */
export function textFragment(passage: string): string {
  const words = passage.split(/\s+/)
  const parts = words.length < fewestForRange ? [passage] : [words.slice(0, atEachEnd).join(' '), words.slice(-atEachEnd).join(' ')]
  return `#:~:text=${parts.map(part => encodeURIComponent(part).replaceAll('-', '%2D')).join(',')}`
}
