/** Text that readers of feeds show; plain, never HTML. Addresses are whole ones. */
export interface AtomFeed {
  id: string
  title: string
  updated: Date
  selfHref: string
  pageHref: string
  /** Of the feed, for entries that name nobody. */
  author: string
  entries: readonly AtomEntry[]
}

export interface AtomEntry {
  id: string
  title: string
  href: string
  published: Date
  updated: Date
  authors: readonly string[]
  category: string
  summary: string
}

/** A feed document as RFC 4287 has it. */
export function atomDocument(feed: AtomFeed): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
  <id>${xml(feed.id)}</id>
  <title>${xml(feed.title)}</title>
  <updated>${feed.updated.toISOString()}</updated>
  <author><name>${xml(feed.author)}</name></author>
  <link rel="self" type="application/atom+xml" href="${xml(feed.selfHref)}"/>
  <link rel="alternate" type="text/html" href="${xml(feed.pageHref)}"/>
${feed.entries.map(entryElement).join('')}</feed>
`
}

const entryElement = (entry: AtomEntry) => `  <entry>
    <id>${xml(entry.id)}</id>
    <title>${xml(entry.title)}</title>
    <link rel="alternate" type="text/html" href="${xml(entry.href)}"/>
    <published>${entry.published.toISOString()}</published>
    <updated>${entry.updated.toISOString()}</updated>
${entry.authors.map(name => `    <author><name>${xml(name)}</name></author>\n`).join('')}    <category term="${xml(entry.category)}"/>
    <summary>${xml(entry.summary)}</summary>
  </entry>
`

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** XML 1.0 has no way to write these, escaped or not. */
const impossible = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const xml = (text: string): string => text.replace(impossible, '').replace(/[&<>"']/g, sign => escapes[sign] ?? sign)
