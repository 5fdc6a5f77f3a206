import MarkdownIt, { type Token } from 'markdown-it'
import footnotes from 'markdown-it-footnote'
import sanitizeHtml from 'sanitize-html'
import { diagrams, isDiagram } from './diagrams.ts'
import { type Heading, headingIds } from './headings.ts'
import { type LinkTitles, missingLinks, type RecordLink, recordLinksIn, resolveRecordLinks } from './recordLinks.ts'
import { taskLists } from './taskLists.ts'
import { ownPicture, showsPictures, type TextPictures, textPictures } from './textPictures.ts'

/** In characters: what is written in forms. */
export const longestMarkdown = 100_000

/** No id of a text is one of the page's own, or the name of anything that scripts look for. */
const idPrefix = 'prose-'
const ownId = /^(prose-|fn(ref)?-prose-)/

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: false })
  .use(footnotes)
  .use(taskLists)
  .use(headingIds)
  .use(diagrams)
  .use(missingLinks)
  .use(textPictures)

/** A note that is referred to again and again leads back to the first places only. */
const mostWaysBack = 5

markdown.renderer.rules.footnote_anchor = (tokens, place, options, env, renderer) => {
  const { id, subId } = (tokens[place] as Token).meta as { id: number; subId: number }
  if (subId >= mostWaysBack) return ''
  const name = renderer.rules.footnote_anchor_name?.(tokens, place, options, env, renderer)
  const again = subId > 0 ? `:${subId}` : ''
  return ` <a href="#fnref${name}${again}" aria-label="Back to where note ${id + 1} is">↑</a>`
}

const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'strong', 'em', 's', 'a'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'div', 'section', 'sup', 'span', 'img'],
  ],
  allowedAttributes: {
    ...{ a: ['href', 'title', 'rel', 'id', 'aria-label'], div: ['class', 'tabindex'], pre: ['tabindex'], th: ['scope'] },
    ...{
      ol: ['start'],
      li: ['id'],
      img: ['src', 'alt', 'width', 'height', 'loading'],
      h2: ['id'],
      h3: ['id'],
      h4: ['id'],
      h5: ['id'],
      h6: ['id'],
    },
  },
  allowedClasses: {
    ...{ div: ['prose-table'], pre: ['diagram'], li: ['task', 'task--done'], section: ['footnotes'] },
    span: ['govuk-visually-hidden', 'missing-link', 'muted'],
  },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !ownPicture.test(attribs.src ?? ''),
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  transformTags: {
    h1: (_name, attribs) => ({ tagName: 'h2', attribs: ownIdOnly(attribs) }),
    a: (tagName, attribs) => ({ tagName, attribs: { ...ownIdOnly(attribs), rel: 'noopener noreferrer' } }),
    '*': (tagName, attribs) => ({ tagName, attribs: ownIdOnly(attribs) }),
  },
}

function ownIdOnly({ id, ...attribs }: sanitizeHtml.Attributes): sanitizeHtml.Attributes {
  return id !== undefined && ownId.test(id) ? { ...attribs, id } : attribs
}

export interface DrawnMarkdown {
  /** Safe to print: no scripts, styles or frames, no pictures but those of the site; headings begin at the second level. */
  html: string
  headings: Heading[]
}

export interface ReadMarkdown {
  /** The records that it links to, each once. */
  links: RecordLink[]
  hasDiagram: boolean
  hasPictures: boolean
  /**
   * Once.
   * @param titles  of the linked records that the reader may see; left out, links stay as they are written
   * @param pictures  that it may show
   */
  draw(titles?: LinkTitles, pictures?: TextPictures): DrawnMarkdown
}

/** @param part  tells the ids of one text from those of others on the same page */
export function readMarkdown(text: string, part = ''): ReadMarkdown {
  const inPart = part === '' ? '' : `${part}-`
  const headings: Heading[] = []
  const env = { idPrefix: `${idPrefix}${inPart}`, docId: `${idPrefix}${part}`.replace(/-$/, ''), headings }
  const tokens = markdown.parse(text, env)
  return {
    links: recordLinksIn(tokens),
    hasDiagram: tokens.some(isDiagram),
    hasPictures: showsPictures(tokens),
    draw(titles, pictures) {
      resolveRecordLinks(tokens, titles)
      return { html: sanitised(markdown.renderer.render(tokens, markdown.options, { ...env, pictures })), headings }
    },
  }
}

/** Of what is kept with a text, to be found by it. */
export const recordLinksOf = (text: string): RecordLink[] => (text.includes('skillpool:') ? readMarkdown(text).links : [])

/** Markdown as HTML that is safe to print. @param part  as of `readMarkdown` */
export const markdownToHtml = (text: string, part = ''): string => readMarkdown(text, part).draw().html

function sanitised(html: string): string {
  const scrollable = html
    .replaceAll('<table>', '<div class="prose-table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
    .replaceAll('<pre', '<pre tabindex="0"')
  return sanitizeHtml(scrollable, allowed)
}

/** What a reader sees of Markdown, without its marks: for the search engine. */
export function markdownToText(text: string): string {
  const words = markdown.parse(text, { idPrefix }).flatMap(block => (block.type === 'inline' ? [inlineText(block)] : codeOf(block)))
  return words.filter(line => line !== '').join('\n')
}

const codeOf = (block: Token) => (block.type === 'fence' || block.type === 'code_block' ? [block.content.trim()] : [])

function inlineText(block: Token): string {
  return (block.children ?? [])
    .map(part => (part.type === 'softbreak' || part.type === 'hardbreak' ? ' ' : part.content))
    .join('')
    .trim()
}
