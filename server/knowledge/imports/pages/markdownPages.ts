import { readFrontMatter } from '../../../documents/frontMatter.ts'
import type { ImportedPage, ReadPages, SentFiles } from './importedPage.ts'
import { textOf } from './textOf.ts'
import { titleFromPath } from './titleFromPath.ts'

export const isMarkdown = (path: string) => /\.(md|markdown|mdown)$/i.test(path)

/** Skillpool's own archives say so by the front matter of each file. */
const isOwn = ({ id, slug, revision }: Record<string, unknown>) => id !== undefined && typeof slug === 'string' && revision !== undefined
const isCollection = ({ id, articles }: Record<string, unknown>) => id !== undefined && Array.isArray(articles)
const inHistory = /^(?:.*\/)?history\/([^/]+)\/\d+\.md$/
const attached = /^(?:.*\/)?attachments\/([^/]+)\/[^/]+$/

/** Files of Markdown, with or without front matter. */
export function markdownPages(files: SentFiles, paths: readonly string[]): ReadPages {
  const read: ReadPages = { pages: [], leftOut: [], collections: [] }
  const histories = new Map<string, { fields: Record<string, unknown>; text: string }[]>()
  for (const path of paths.filter(isMarkdown)) {
    const whole = textOf(files.bytes(path))
    if (whole === undefined) {
      read.leftOut.push({ path, reason: 'is no text' })
      continue
    }
    const { fields, text } = readFrontMatter(whole)
    const slug = inHistory.exec(path)?.[1]
    if (slug !== undefined && fields.revision !== undefined)
      histories.set(slug, [...(histories.get(slug) ?? []), { fields, text: withoutEnd(text) }])
    else if (isCollection(fields)) read.collections.push({ path, fields, text: withoutEnd(text) })
    else if (isOwn(fields)) read.pages.push({ path, title: String(fields.title ?? ''), text: withoutEnd(text), fields })
    else if (whole.trim() === '') read.leftOut.push({ path, reason: 'is empty' })
    else read.pages.push(foreignPage(path, fields, text))
  }
  for (const page of read.pages) joinOwnParts(page, histories, paths)
  return read
}

/** The newline that every file ends with is not of the text. */
const withoutEnd = (text: string) => text.replace(/\n$/, '')

function joinOwnParts(
  page: ImportedPage,
  histories: ReadonlyMap<string, NonNullable<ImportedPage['history']>>,
  paths: readonly string[],
): void {
  const slug = page.fields?.slug
  if (typeof slug !== 'string') return
  const history = histories.get(slug)
  if (history !== undefined) page.history = history.toSorted((a, b) => Number(a.fields.revision) - Number(b.fields.revision))
  const files = paths.filter(path => attached.exec(path)?.[1] === slug)
  if (files.length > 0) page.files = files
}

const heading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)/
const underlined = /^([^\n]+)\n=+[ \t]*(?:\n|$)/

/** The heading that a text begins with is its title, and does not stand in it again. */
function foreignPage(path: string, fields: Record<string, unknown>, text: string): ImportedPage {
  const begun = text.replace(/^\s+/, '')
  const first = heading.exec(begun) ?? underlined.exec(begun)
  const given = typeof fields.title === 'string' && fields.title.trim() !== '' ? fields.title.trim() : undefined
  const title = given ?? plainTitle(first?.[1]) ?? titleFromPath(path)
  const repeats = first !== null && (given === undefined || plainTitle(first[1]) === given)
  return { path, title, text: (repeats ? begun.slice(first[0].length) : begun).trim() || title }
}

/** Without the marks of Markdown. */
function plainTitle(marked: string | undefined): string | undefined {
  const plain = marked
    ?.replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return plain === '' ? undefined : plain?.slice(0, 200)
}
