import type { MarkdownIt, Token } from 'markdown-it'

/** Types of records that a text can link to, with where their pages are. Each record is named by its address, which stays when it is renamed. */
export const linkPaths = { article: '/knowledge', person: '/people', skill: '/skills', organisation: '/organisations' } as const
export type LinkedType = keyof typeof linkPaths

/** `article/moving-servers`, as it stands in a text behind `skillpool:`. */
export type RecordLink = `${LinkedType}/${string}`
/** What the linked records that a reader may see are called now. */
export type LinkTitles = ReadonlyMap<RecordLink, string>

const scheme = 'skillpool:'
const form = /^skillpool:(article|person|skill|organisation)\/([\p{L}\p{N}-]{1,200})$/u

/** `[Moving servers](skillpool:article/moving-servers)`: without the site the words between the brackets still say what is meant. */
export const linkMarkdown = (link: RecordLink, title: string): string => `[${title.replace(/[\\[\]]/g, '\\$&')}](${scheme}${link})`

/** The link that a page's address is of, if texts can link there. */
export function linkOfPath(path: string): RecordLink | undefined {
  const [type] = Object.entries(linkPaths).find(([, folder]) => path.startsWith(`${folder}/`)) ?? []
  return type === undefined ? undefined : asLink(`${type}/${decoded(path.split('/')[2] ?? '')}`)
}

export const asLink = (typed: string): RecordLink | undefined => (form.test(`${scheme}${typed}`) ? (typed as RecordLink) : undefined)

export const recordLinksIn = (tokens: readonly Token[]): RecordLink[] => [
  ...new Set(tokens.flatMap(({ children }) => (children ?? []).flatMap(part => linkOf(part) ?? []))),
]

/**
 * Brings the links to records to what the reader sees: the title of today, leading there; of a record that is not there for the reader, whether hidden
 * or deleted, the words alone.
 * @param titles  left out, the words stay as they are and lead where they say
 */
export function resolveRecordLinks(tokens: readonly Token[], titles: LinkTitles | undefined): void {
  for (const token of tokens) if (token.children?.some(part => linkOf(part))) token.children = resolved(token.children, titles)
}

/** Links hold no links: the next close belongs to the open before it. */
function resolved(parts: readonly Token[], titles: LinkTitles | undefined): Token[] {
  const out: Token[] = []
  let drawn: Drawn | undefined
  for (const part of parts) {
    const link = linkOf(part)
    if (link !== undefined) {
      drawn = drawnAs(link, titles)
      out.push(...opened(part, link, drawn))
    } else if (drawn !== undefined && part.type === 'link_close') {
      out.push(drawn === 'missing' ? as(part, 'missing_link_close') : part)
      drawn = undefined
    } else if (typeof drawn !== 'object') out.push(part)
  }
  return out
}

type Drawn = { title: string } | 'missing' | 'as written'

function drawnAs(link: RecordLink, titles: LinkTitles | undefined): Drawn {
  if (titles === undefined) return 'as written'
  const title = titles.get(link)
  return title === undefined ? 'missing' : { title }
}

function opened(open: Token, link: RecordLink, drawn: Drawn): Token[] {
  if (drawn === 'missing') return [as(open, 'missing_link_open')]
  const [type, slug] = link.split('/') as [LinkedType, string]
  open.attrSet('href', `${linkPaths[type]}/${encodeURIComponent(slug)}`)
  return drawn === 'as written' ? [open] : [open, worded(open, drawn.title)]
}

function worded(open: Token, title: string): Token {
  const text = Object.assign(Object.create(Object.getPrototypeOf(open)), open) as Token
  return Object.assign(text, { type: 'text', tag: '', attrs: null, nesting: 0, content: title, markup: '', info: '' })
}

function linkOf(part: Token): RecordLink | undefined {
  const href = String((part.type === 'link_open' && part.attrGet('href')) || '')
  if (!href.startsWith(scheme)) return undefined
  const [, of, slug] = form.exec(decoded(href)) ?? []
  return of === undefined || slug === undefined ? undefined : `${of as LinkedType}/${slug}`
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return ''
  }
}

function as(token: Token, type: string): Token {
  token.type = type
  return token
}

/** How the words are drawn that lead nowhere. */
export function missingLinks(markdown: MarkdownIt): void {
  markdown.renderer.rules.missing_link_open = () => '<span class="missing-link">'
  markdown.renderer.rules.missing_link_close = () => ' <span class="muted">(not available)</span></span>'
}
