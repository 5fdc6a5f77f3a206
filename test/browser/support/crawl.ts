import { load } from 'cheerio'
import type { Route } from '../../support/routeTable.ts'
import type { Browser } from '../../support/testSite.ts'

export interface CrawledPage {
  address: string
  status: number
  /** Empty for what is no page. */
  html: string
  /** The page with the link; undefined for those that were asked for first. */
  linkedFrom?: string
}

/** Filters of a list can be combined without end: of each list that many addresses are followed. */
const variantsOfAList = 40
const mostPages = 5_000

/**
 * Follows every link, as somebody who reads one page after the other.
 * @throws Error when it does not come to an end
 */
export async function crawl(browser: Browser, from: readonly string[]): Promise<CrawledPage[]> {
  const crawled: CrawledPage[] = []
  const waiting: { address: string; linkedFrom?: string }[] = from.map(address => ({ address }))
  const known = new Set(from)
  const variants = new Map<string, number>()
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const answer = await browser.get(next.address)
    const html = answer.type === 'text/html' ? answer.text : ''
    crawled.push({ ...next, status: answer.status, html })
    if (crawled.length > mostPages) throw new Error(`More than ${mostPages} pages, the last of them ${next.address}`)
    const links = answer.status >= 300 && answer.status < 400 ? [String(answer.headers.location)] : linksOf(html)
    for (const address of links) {
      const [path = '', query] = address.split('?')
      const seen = variants.get(path) ?? 0
      if (known.has(address) || (query !== undefined && seen >= variantsOfAList)) continue
      known.add(address)
      if (query !== undefined) variants.set(path, seen + 1)
      waiting.push({ address, linkedFrom: next.address })
    }
  }
  return crawled
}

/** Made anew for each article that they are asked for: their own tests look at them. */
const isDocument = /\.(pdf|docx|zip)$/

/** Addresses on this site, without their fragments. */
function linksOf(html: string): string[] {
  const $ = load(html)
  return $('a[href], link[rel=alternate]')
    .toArray()
    .map(link => (link.attribs.href ?? '').split('#')[0] as string)
    .filter(href => href.startsWith('/') && !href.startsWith('//') && !isDocument.test(href.split('?')[0] as string))
}

/** The route that answers an address: the one with the fewest parts left open. */
export function routeFor(routes: readonly Route[], address: string): string | undefined {
  const path = address.split('?')[0] as string
  const fitting = routes.filter(route => route.method === 'get' && new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path))
  return fitting.sort((a, b) => openParts(a.path) - openParts(b.path))[0]?.path
}

const openParts = (path: string) => path.split(':').length
