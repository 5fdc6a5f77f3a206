import { htmlToMarkdown } from './htmlToMarkdown.ts'
import type { ImportedPage, SentFiles } from './importedPage.ts'
import { textOf } from './textOf.ts'
import { titleFromPath } from './titleFromPath.ts'

export const isHtml = (path: string) => /\.html?$/i.test(path)

/** A page of an HTML export of Confluence, or of anything else that is HTML: its main part. @returns undefined for a list of pages alone, and for what is no text */
export function confluencePage(files: SentFiles, path: string): ImportedPage | undefined {
  const html = textOf(files.bytes(path))
  if (html === undefined) return undefined
  const main = mainPart(html)
  const text = htmlToMarkdown(main)
  const title = titleOf(html) ?? titleFromPath(path)
  const isIndex = /(^|\/)index\.html?$/i.test(path) && /class="pageSection"/.test(html) && !/id="main-content"/.test(html)
  return isIndex || text === '' ? undefined : { path, title, text }
}

/** Confluence names the space before the title: "Space : Title". */
function titleOf(html: string): string | undefined {
  const heading = /<span id="title-text">([\s\S]*?)<\/span>/i.exec(html)?.[1] ?? /<title>([\s\S]*?)<\/title>/i.exec(html)?.[1]
  const words = htmlToMarkdown(heading ?? '')
    .replace(/\\(.)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  return (words.split(' : ').slice(1).join(' : ') || words).slice(0, 200) || undefined
}

function mainPart(html: string): string {
  const begun = html.search(/<div[^>]*\bid="main-content"/i)
  if (begun === -1) return /<body[^>]*>([\s\S]*)<\/body>/i.exec(html)?.[1] ?? html
  return divAt(html, begun)
}

/** The element that begins there, up to where it is closed. */
function divAt(html: string, begun: number): string {
  const tags = /<(\/?)div\b[^>]*>/gi
  tags.lastIndex = begun
  let depth = 0
  for (let tag = tags.exec(html); tag !== null; tag = tags.exec(html)) {
    depth += tag[1] === '/' ? -1 : 1
    if (depth === 0) return html.slice(begun, tag.index + tag[0].length)
  }
  return html.slice(begun)
}
