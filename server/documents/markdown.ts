import MarkdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: false })

const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code', 'strong', 'em', 's', 'a'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'div'],
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], div: ['class', 'tabindex'], pre: ['tabindex'], th: ['scope'], ol: ['start'] },
  allowedClasses: { div: ['prose-table'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  transformTags: {
    h1: 'h2',
    a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: 'noopener noreferrer' } }),
  },
}

/** Markdown as HTML that is safe to print: no scripts, styles, images or frames; headings begin at the second level. */
export function markdownToHtml(text: string): string {
  const html = markdown
    .render(text)
    .replaceAll('<table>', '<div class="prose-table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
    .replaceAll('<pre>', '<pre tabindex="0">')
  return sanitizeHtml(html, allowed)
}

/** What a reader sees of Markdown, without its marks: for the search engine. */
export function markdownToText(text: string): string {
  const words = markdown.parse(text, {}).flatMap(block => (block.type === 'inline' ? [inlineText(block)] : codeOf(block)))
  return words.filter(line => line !== '').join('\n')
}

type Token = ReturnType<typeof markdown.parse>[number]

const codeOf = (block: Token) => (block.type === 'fence' || block.type === 'code_block' ? [block.content.trim()] : [])

function inlineText(block: Token): string {
  return (block.children ?? [])
    .map(part => (part.type === 'softbreak' || part.type === 'hardbreak' ? ' ' : part.content))
    .join('')
    .trim()
}
