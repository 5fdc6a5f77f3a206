import { SaxesParser } from 'saxes'
import type { ImportedPage, ReadPages } from './importedPage.ts'
import { wikitextToMarkdown } from './wikitextToMarkdown.ts'

interface DumpedPage {
  title: string
  /** 0 are pages; others are talk, files, templates and the like. */
  namespace: string
  redirect: string | undefined
  text: string
}

export const isMediaWikiDump = (text: string) => /^\s*(<\?xml[^>]*>\s*)?<mediawiki\b/.test(text.slice(0, 2_000))

/** The pages of an XML dump, each in its last revision. @throws Error when it is no XML */
export function mediaWikiPages(path: string, xml: string): ReadPages {
  const dumped = pagesIn(xml)
  const read: ReadPages = { pages: [], leftOut: [], collections: [] }
  const namesOf = new Map<string, string[]>()
  for (const { redirect, title } of dumped) if (redirect !== undefined) namesOf.set(redirect, [...(namesOf.get(redirect) ?? []), title])
  for (const page of dumped) {
    if (page.redirect !== undefined) continue
    if (page.namespace !== '0')
      read.leftOut.push({ path: `${path}: ${page.title}`, reason: 'is no page of its own: talk, file, template or category' })
    else read.pages.push(asPage(page, namesOf.get(page.title) ?? []))
  }
  return read
}

const asPage = ({ title, text }: DumpedPage, names: string[]): ImportedPage => ({
  path: wikiPath(title),
  title: title.slice(0, 200),
  text: wikitextToMarkdown(text) || title,
  names: [title, ...names].map(wikiPath),
})

/** How links of the converted text name a page: "wiki:Main page". */
export const wikiPath = (title: string): string => {
  const words = title.replaceAll('_', ' ').trim()
  return `wiki:${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

function pagesIn(xml: string): DumpedPage[] {
  const pages: DumpedPage[] = []
  let page: DumpedPage | undefined
  let words = ''
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    words = ''
    if (name === 'page') page = { title: '', namespace: '0', redirect: undefined, text: '' }
    else if (name === 'redirect' && page !== undefined) page.redirect = String(attributes.title ?? '')
  })
  parser.on('text', text => {
    words += text
  })
  parser.on('cdata', text => {
    words += text
  })
  parser.on('closetag', ({ name }) => {
    if (page === undefined) return
    if (name === 'title') page.title = words.trim()
    else if (name === 'ns') page.namespace = words.trim()
    else if (name === 'text') page.text = words
    else if (name === 'page') pages.push(page)
  })
  parser.write(xml).close()
  return pages
}
