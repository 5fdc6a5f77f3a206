import type { SignedInPerson } from '../access/accessTokens.ts'
import { markdownToText } from '../documents/markdown.ts'
import { kindName } from '../knowledge/kinds/kinds.ts'
import type { Services } from '../services.ts'
import type { AtomEntry, AtomFeed } from './atom.ts'
import type { FeedContent } from './feedContents.ts'

const longestSummary = 300
const nothingYet = new Date(0)

/** @param site  where the pages are, without a slash at the end */
export async function presentFeed(
  { title, page, articles }: FeedContent,
  asked: { site: string; address: string; reader: SignedInPerson },
  { bylines, partnership }: Services,
): Promise<AtomFeed> {
  const { site, address, reader } = asked
  const authors = await bylines.of(
    articles.flatMap(({ authorIds }) => authorIds),
    reader,
  )
  const entries = articles.map(
    (article): AtomEntry => ({
      id: `urn:skillpool:article:${article._id}`,
      title: article.title,
      href: `${site}/knowledge/${encodeURIComponent(article.slug)}`,
      published: article.publishedAt ?? article.createdAt,
      updated: article.updatedAt,
      authors: article.authorIds.flatMap(id => authors.get(id)?.name ?? []),
      category: kindName(article.kind),
      summary: summaryOf(article.text),
    }),
  )
  const author = partnership.nameNow()
  const updated = new Date(Math.max(nothingYet.getTime(), ...entries.map(entry => entry.updated.getTime())))
  return {
    id: `${site}${page}`,
    title: `${title} – ${author}`,
    updated,
    selfHref: `${site}${address}`,
    pageHref: `${site}${page}`,
    author,
    entries,
  }
}

function summaryOf(markdown: string): string {
  const text = markdownToText(markdown).replace(/\s+/g, ' ').trim()
  return text.length <= longestSummary ? text : `${text.slice(0, longestSummary).replace(/\s\S*$/, '')} …`
}
