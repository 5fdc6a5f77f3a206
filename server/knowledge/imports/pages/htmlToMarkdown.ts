import { gfm } from '@joplin/turndown-plugin-gfm'
import sanitizeHtml from 'sanitize-html'
import TurndownService from 'turndown'

const turndown = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-', emDelimiter: '*' })
turndown.use(gfm)

const kept: sanitizeHtml.IOptions = {
  allowedTags: [
    ...[
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'p',
      'br',
      'hr',
      'ul',
      'ol',
      'li',
      'blockquote',
      'pre',
      'code',
      'strong',
      'b',
      'em',
      'i',
      's',
      'del',
    ],
    ...['a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div', 'span'],
  ],
  allowedAttributes: { a: ['href'], img: ['src', 'alt'], ol: ['start'], code: ['class'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'data'],
}

/** HTML of another system as Markdown: what Markdown does not know comes out as its words. */
export const htmlToMarkdown = (html: string): string =>
  turndown
    .turndown(sanitizeHtml(html, kept))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
