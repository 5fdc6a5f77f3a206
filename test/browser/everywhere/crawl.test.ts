import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { load } from 'cheerio'
import type { Page } from 'playwright-core'
import { routeTable } from '../../support/routeTable.ts'
import { anExample } from '../support/anExample.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { type CrawledPage, crawl, routeFor } from '../support/crawl.ts'
import { layoutShift, watchLayoutShifts } from '../support/layoutShift.ts'

const mostBytes = 150_000
const mostShift = 0.05

describe('the example partnership, every link followed', () => {
  let browser: BrowserSite
  const crawled = new Map<string, CrawledPage[]>()

  before(async function () {
    this.timeout(900_000)
    browser = await startBrowserSite()
    const { accounts } = await anExample(browser.site)
    crawled.set('visitor', await crawl(browser.site.visitor(), ['/']))
    for (const account of accounts) crawled.set(account.email, await crawl(await browser.site.signInAs(account), ['/']))
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  const everything = () => [...crawled].flatMap(([who, pages]) => pages.map(page => ({ who, ...page })))

  it('is followed by each role', () => {
    expect(crawled.size).to.equal(6)
    for (const [who, pages] of crawled) expect(pages.length, who).to.be.greaterThan(who === 'visitor' ? 1 : 200)
  })

  it('leads nowhere that is missing, forbidden or failing', () => {
    const lost = everything().filter(({ status }) => status >= 400)
    expect(lost.map(({ who, address, linkedFrom, status }) => `${who}: ${linkedFrom} to ${address}: ${status}`)).to.deep.equal([])
  })

  it('shows pictures whose size is known before they are there', () => {
    expect(everything().flatMap(({ address, html }) => picturesWithoutSize(html).map(picture => `${address}: ${picture}`))).to.deep.equal(
      [],
    )
    expect(picturesWithoutSize('<img src="/a.png" width="40">')).to.have.length(1)
  })

  it('has no page that is heavy, with everything it needs', async () => {
    const parts = new Map<string, number>()
    const heavy: string[] = []
    for (const { address, html } of everything()) {
      let bytes = gzipSync(html).length
      for (const part of partsOf(html)) {
        if (!parts.has(part)) parts.set(part, await weightOf(part))
        bytes += parts.get(part) as number
      }
      if (bytes > mostBytes) heavy.push(`${address}: ${bytes} bytes`)
    }
    expect(heavy).to.deep.equal([])
    expect([...parts.values()].reduce((sum, bytes) => sum + bytes, 0)).to.be.greaterThan(20_000)
  })

  async function weightOf(part: string): Promise<number> {
    const { body, text, type } = await browser.site.visitor().get(part).expect(200)
    return type.startsWith('font/') || type.startsWith('image/p') ? (body as Buffer).length : gzipSync(text ?? body).length
  }

  /** Two of each kind of page. */
  function someOf(pages: readonly CrawledPage[]): string[] {
    const routes = routeTable(browser.site.services)
    const chosen = new Map<string, string[]>()
    for (const { address, html } of pages) {
      const route = routeFor(routes, address)
      if (route === undefined || html === '') continue
      const some = chosen.get(route) ?? []
      if (some.length < 2) chosen.set(route, [...some, address])
    }
    return [...chosen.values()].flat()
  }

  it('does not jump while it appears, wide or narrow, and a browser has nothing to say about it', async function () {
    this.timeout(600_000)
    const jumping: string[] = []
    for (const [email, pages] of crawled) {
      const page = await browser.visit({ ...(email === 'visitor' ? {} : { as: { email } }) })
      await watchLayoutShifts(page)
      jumping.push(...(await jumpingAmong(page, someOf(pages))))
    }
    expect(jumping).to.deep.equal([])
  })

  async function jumpingAmong(page: Page, addresses: readonly string[]): Promise<string[]> {
    const jumping: string[] = []
    for (const [place, address] of addresses.entries()) {
      await page.setViewportSize({ width: place % 2 === 0 ? 1280 : 320, height: 800 })
      await page.goto(address)
      const shift = await layoutShift(page)
      if (shift > mostShift) jumping.push(`${address}: ${shift}`)
    }
    return jumping
  }

  it('would be seen to jump', async () => {
    const page = await browser.visit()
    await watchLayoutShifts(page)
    await page.goto('/sign-in')
    await page.evaluate(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
      document.body.prepend(Object.assign(document.createElement('p'), { textContent: 'Late '.repeat(500) }))
      done()
    })))`)
    expect(await layoutShift(page)).to.be.greaterThan(mostShift)
  })

  it('would be seen to complain', async () => {
    const page = await browser.visit()
    await page.route('**/sign-in', async route => {
      const response = await route.fetch()
      await route.fulfill({ response, body: `${await response.text()}<p style="color:red">x</p><script>console.warn('x')</script>` })
    })
    await page.goto('/sign-in')
    const complained = await browser.endVisits().then(() => 'nothing', String)
    expect(complained)
      .to.match(/style/)
      .and.to.match(/script/)
  })
})

const picturesWithoutSize = (html: string): string[] => {
  const $ = load(html)
  return $('img:not([width][height])')
    .toArray()
    .map(picture => $.html(picture))
}

/** The addresses of what a page fetches of itself. */
const partsOf = (html: string): string[] => {
  const $ = load(html)
  const addresses = $('link[rel=icon], link[rel=preload], link[rel=stylesheet], script[src], img[src]').toArray()
  return [...new Set(addresses.map(({ attribs }) => attribs.href ?? attribs.src ?? ''))].filter(address => address.startsWith('/'))
}
