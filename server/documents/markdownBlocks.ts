import MarkdownIt, { type Token } from 'markdown-it'
import { linkPaths } from './recordLinks.ts'

/** A piece of a line. */
export interface Run {
  text: string
  bold?: true
  italic?: true
  struck?: true
  code?: true
  /** Where it leads, as an address that works outside of the site. */
  href?: string
}

/** Markdown for documents that are no pages: PDF, Word. */
export type Block =
  | { type: 'heading'; level: number; runs: Run[] }
  | { type: 'paragraph'; runs: Run[] }
  | { type: 'code'; text: string }
  | { type: 'list'; isOrdered: boolean; items: Block[][] }
  | { type: 'table'; rows: Run[][][] }
  | { type: 'quote'; blocks: Block[] }
  | { type: 'rule' }

const markdown = new MarkdownIt({ html: false, linkify: true })

/** @param site  "https://skillpool.example", to which links within the site are made whole */
export function markdownBlocks(text: string, site: string): Block[] {
  return new Reading(markdown.parse(text, {}), site).blocks(undefined)
}

class Reading {
  private readonly tokens: readonly Token[]
  private readonly site: string
  private at = 0

  constructor(tokens: readonly Token[], site: string) {
    this.tokens = tokens
    this.site = site
  }

  /** Up to the token that closes what was opened. */
  blocks(closing: string | undefined): Block[] {
    const blocks: Block[] = []
    for (let token = this.next(); token !== undefined && token.type !== closing; token = this.next()) blocks.push(...this.block(token))
    return blocks
  }

  private next(): Token | undefined {
    const token = this.tokens[this.at]
    this.at += 1
    return token
  }

  private block(token: Token): Block[] {
    switch (token.type) {
      case 'heading_open':
        return [{ type: 'heading', level: Number(token.tag.slice(1)), runs: this.line() }]
      case 'paragraph_open':
        return [{ type: 'paragraph', runs: this.line() }]
      case 'fence':
      case 'code_block':
        return [{ type: 'code', text: token.content.replace(/\n$/, '') }]
      case 'bullet_list_open':
      case 'ordered_list_open':
        return [{ type: 'list', isOrdered: token.type === 'ordered_list_open', items: this.items(token.type.replace('open', 'close')) }]
      case 'blockquote_open':
        return [{ type: 'quote', blocks: this.blocks('blockquote_close') }]
      case 'table_open':
        return [{ type: 'table', rows: this.rows() }]
      case 'hr':
        return [{ type: 'rule' }]
      default:
        return []
    }
  }

  /** What stands in one line, with the token that closes it. */
  private line(): Run[] {
    const runs = runsOf(this.next()?.children ?? [], this.site)
    this.next()
    return runs
  }

  private items(closing: string): Block[][] {
    const items: Block[][] = []
    for (let token = this.next(); token !== undefined && token.type !== closing; token = this.next())
      if (token.type === 'list_item_open') items.push(this.blocks('list_item_close'))
    return items
  }

  private rows(): Run[][][] {
    const rows: Run[][][] = []
    for (let token = this.next(); token !== undefined && token.type !== 'table_close'; token = this.next()) {
      if (token.type === 'tr_open') rows.push([])
      else if (token.type === 'inline') rows.at(-1)?.push(runsOf(token.children ?? [], this.site))
    }
    return rows
  }
}

type Manner = Pick<Run, 'bold' | 'italic' | 'struck' | 'href'>

function runsOf(parts: readonly Token[], site: string): Run[] {
  const runs: Run[] = []
  let manner: Manner = {}
  const without = (name: keyof Manner) => Object.fromEntries(Object.entries(manner).filter(([given]) => given !== name)) as Manner
  for (const part of parts) {
    if (part.type === 'strong_open') manner = { ...manner, bold: true }
    else if (part.type === 'strong_close') manner = without('bold')
    else if (part.type === 'em_open') manner = { ...manner, italic: true }
    else if (part.type === 'em_close') manner = without('italic')
    else if (part.type === 's_open') manner = { ...manner, struck: true }
    else if (part.type === 's_close') manner = without('struck')
    else if (part.type === 'link_open') manner = { ...manner, ...linkTo(String(part.attrGet('href') ?? ''), site) }
    else if (part.type === 'link_close') manner = without('href')
    else if (part.type === 'code_inline') runs.push({ ...manner, text: part.content, code: true })
    else if (part.type === 'softbreak' || part.type === 'hardbreak') runs.push({ ...manner, text: part.type === 'softbreak' ? ' ' : '\n' })
    else if (part.content !== '') runs.push({ ...manner, text: part.content })
  }
  return runs
}

/** Only addresses that a reader can open: what else stands there is said in words alone. */
function linkTo(href: string, site: string): Pick<Run, 'href'> {
  const [, type, slug] = /^skillpool:(article|person|skill|organisation)\/(.+)$/.exec(href) ?? []
  if (type !== undefined) return { href: `${site}${linkPaths[type as keyof typeof linkPaths]}/${slug}` }
  if (/^\/(?!\/)/.test(href)) return { href: `${site}${href}` }
  return /^(https?:|mailto:|tel:)/i.test(href) ? { href } : {}
}
