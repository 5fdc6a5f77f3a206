import { expect } from 'chai'
import { load } from 'cheerio'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, aPerson, asReader } from '../../support/builders.ts'
import { importing } from '../../support/importing.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type WithEmail = Person & { email: string }

describe('pins', () => {
  const clock = new MovableClock()
  let site: TestSite
  let author: WithEmail
  let keeper: WithEmail
  let browser: Browser
  let member: Browser

  before(async () => {
    site = await startTestSite({ clock })
    keeper = await aPerson(site, { name: 'Priya Nair', roles: ['member', 'partnership administrator'] })
    author = await aPerson(site, { name: 'Wanda Welcome', slug: 'wanda' })
    await anArticle(site, author, { title: 'New starter, new starter, new starter', slug: 'by-words', text: 'New starter.' })
    await anArticle(site, author, { title: 'Your first days', slug: 'first-days', text: 'For every new starter.', sourceId: 'first-days' })
    await anArticle(site, author, { title: 'Where the kettle is', slug: 'kettle', text: 'Second floor.' })
    await site.services.indexer.settled()
    browser = await site.signInAs(keeper)
    member = await site.signInAs(author)
  })
  beforeEach(async () => {
    await site.services.models.pins.deleteMany({})
    clock.move(3_000)
  })
  after(() => site.close())

  const add = (queries: string, pages: string, from = browser) => from.post('/admin/pins').type('form').send({ queries, pages })
  const asked = async (query: string | object, from = member) => {
    const { text } = await from.get('/search').query(typeof query === 'string' ? { q: query } : query)
    return new SearchResults(text)
  }
  const pinned = (page: SearchResults) =>
    page
      .$('section[aria-labelledby=pinned] .row__title')
      .get()
      .map(title => page.$(title).text())
  const kept = async () => (await site.services.pins.list()).map(({ queries }) => queries.join(', '))

  it('stand first for their words, marked, and not twice', async () => {
    const before = await asked('new starter')
    expect(pinned(before), 'twin: before').to.deep.equal([])
    expect(before.titles('article')).to.deep.equal(['New starter, new starter, new starter', 'Your first days'])
    await add('new starter\nfirst weeks', 'http://pool.example/knowledge/first-days?from=mail\n/people/wanda/').expect(303)
    const page = await asked('New starter')
    expect(page.groups()[0]).to.equal('pinned')
    expect(pinned(page)).to.deep.equal(['Your first days', 'Wanda Welcome'])
    expect(page.titles('article')).to.deep.equal(['New starter, new starter, new starter'])
    expect(page.text('main')).to.include('The administrators put this first for these words')
    expect(pinned(await asked('the first weeks'))).to.have.length(2)
    for (const other of ['starter', 'new starter kettle', 'new starter -kettle', 'new starter after:2001', '"new starter" OR kettle'])
      expect(pinned(await asked(other)), other).to.deep.equal([])
  })

  it('stand on the first page of their own type, and not where the newest is asked for', async () => {
    await add('new starter', '/knowledge/first-days\n/people/wanda').expect(303)
    expect(pinned(await asked({ q: 'new starter', type: 'article' }))).to.deep.equal(['Your first days'])
    expect(pinned(await asked({ q: 'new starter', type: 'person' }))).to.deep.equal(['Wanda Welcome'])
    const newest = await asked({ q: 'new starter', type: 'article', sort: 'date' })
    expect(pinned(newest)).to.deep.equal([])
    expect(newest.titles('article')).to.have.length(2)
  })

  it('are shown where nothing else is found, and while the engine is away', async () => {
    await add('tea', '/knowledge/kettle').expect(303)
    const page = await asked('tea')
    expect(pinned(page)).to.deep.equal(['Where the kettle is'])
    expect(page.text('main')).to.not.include('Nothing found')
    site.engine.switchOff()
    try {
      expect(pinned(await asked('tea'))).to.deep.equal(['Where the kettle is'])
    } finally {
      site.engine.switchOn()
      clock.move(60_000)
    }
  })

  it('disappear when their record is withdrawn, and the administrators page says so', async () => {
    const plan = await anArticle(site, author, { title: 'The tea plan', slug: 'tea-plan' })
    await add('tea', '/knowledge/tea-plan\n/knowledge/kettle').expect(303)
    expect(pinned(await asked('tea'))).to.deep.equal(['The tea plan', 'Where the kettle is'])
    await site.services.articleWriting.remove(asReader(author), plan.slug)
    expect(pinned(await asked('tea'))).to.deep.equal(['Where the kettle is'])
    const page = load((await browser.get('/admin/pins').expect(200)).text)
    expect(page('.row--pin').text()).to.include('1 page is gone, or is not shared with you').and.not.include('The tea plan')
    const href = page('.row--pin a[href$="/edit"]').attr('href') ?? ''
    const form = formOn((await browser.get(href).expect(200)).text, href.replace('/edit', ''))
    expect(form.pages).to.equal('/knowledge/kettle')
    const save = (typed: object) =>
      browser
        .post(href.replace('/edit', ''))
        .type('form')
        .send({ ...form, ...typed })
    await save({ queries: 'tea\ncoffee' }).expect(303)
    const records = async () => (await site.services.pins.list())[0]?.records.length
    expect(await records(), 'what the keeper does not see stays').to.equal(2)
    await save({ unseen: 'off', revision: '2' }).expect(303)
    expect(await records()).to.equal(1)
  })

  it('are refused beside the field, with what was typed', async () => {
    await add('tea', '/knowledge/kettle').expect(303)
    const kettle = '/knowledge/kettle'
    for (const [queries, pages, field, problem] of [
      ['', kettle, 'queries', 'Enter at least one query'],
      ['***', kettle, 'queries', '“***” has no letter or digit'],
      [Array.from({ length: 11 }, (_, n) => `query ${n}x`).join('\n'), kettle, 'queries', 'Use 10 queries or fewer: these are 11'],
      ['x'.repeat(201), kettle, 'queries', 'has more than 200 characters'],
      ['coffee\nthe Tea', kettle, 'queries', '“the Tea” has a pin already: tea. Change that one instead'],
      ['coffee', '', 'pages', 'Enter the address of at least one page'],
      ['coffee', '/knowledge/none', 'pages', '“/knowledge/none” is not the address of an article or a profile that you can see'],
      ['coffee', '/knowledge/%E0%A4%A', 'pages', 'is not the address'],
      ['coffee', 'https://', 'pages', 'is not the address'],
      ['coffee', '/skills', 'pages', 'is not the address'],
    ] as const) {
      const { text } = await add(queries, pages).expect(422)
      expect(problemsOn(text)[field], `${queries} ${pages}`).to.include(problem)
      const typed = formOn(text, '/admin/pins')
      expect([typed.queries, typed.pages].map(value => String(value).trim())).to.deep.equal([queries.trim(), pages])
    }
    expect(await kept()).to.deep.equal(['tea'])
  })

  it('are changed and removed; of two who change the same pin, the second is told', async () => {
    await add('tea', '/knowledge/kettle').expect(303)
    const page = load((await browser.get('/admin/pins').expect(200)).text)
    expect(page('.row--pin').text()).to.include('tea').and.include('Where the kettle is').and.include('Priya Nair')
    const href = page('.row--pin a[href$="/edit"]').attr('href') ?? ''
    const action = href.replace('/edit', '')
    const opened = formOn((await browser.get(href).expect(200)).text, action)
    const save = (typed: object) =>
      browser
        .post(action)
        .type('form')
        .send({ ...opened, ...typed })
    await save({ pages: '/knowledge/first-days' }).expect(303)
    const { text } = await save({ queries: 'coffee' }).expect(409)
    expect(text).to.include('Saved meanwhile: tea, /knowledge/first-days')
    expect(await kept()).to.deep.equal(['tea'])
    await browser.post(action).type('form').send(formOn(text, action)).expect(303)
    expect(await kept()).to.deep.equal(['coffee'])
    expect(pinned(await asked('coffee'))).to.deep.equal(['Where the kettle is'])
    await browser.post(`${action}/delete`).expect(303)
    expect(pinned(await asked('coffee'))).to.deep.equal([])
    await browser.get(href).expect(404)
  })

  it('of another process are known here within seconds', async () => {
    expect(pinned(await asked('tea'))).to.deep.equal([])
    const kettle = await site.services.models.articles.findOne({ slug: 'kettle' }).asSystem('a test looks').lean()
    const pin = { queries: ['tea'], spellings: ['tea'], records: [{ type: 'article', id: kettle?._id ?? '' }] }
    await site.services.models.pins.create({ _id: 'x', ...pin, revision: 1, changedAt: clock.now() })
    expect(pinned(await asked('tea')), 'twin: at once').to.deep.equal([])
    clock.move(2_500)
    expect(pinned(await asked('tea'))).to.deep.equal(['Where the kettle is'])
  })

  it('are for administrators of the partnership alone, and a link on their results leads there', async () => {
    await member.get('/admin/pins').expect(403)
    await add('tea', '/knowledge/kettle', member).expect(403)
    expect(await kept()).to.deep.equal([])
    expect((await browser.get('/admin').expect(200)).text).to.include('href="/admin/pins"')
    expect((await asked('Tea')).$('a[href^="/admin/pins"]')).to.have.length(0)
    const href = (await asked('Tea', browser)).href('Pin a page to these words')
    expect(formOn((await browser.get(href).expect(200)).text, '/admin/pins').queries).to.equal('tea')
    await add('tea', '/knowledge/kettle').expect(303)
    expect((await asked('tea', browser)).href('Change what is pinned to these words')).to.match(/^\/admin\/pins\/\w+\/edit$/)
  })

  it('come from a file, again and again', async () => {
    const rows = [
      { id: 'start', queries: ['new starter'], records: ['article:first-days'] },
      { id: 'none', queries: ['tea'], records: ['article:none'] },
      { id: 'same', queries: ['The new starter'], records: ['article:first-days'] },
      { id: 'empty', queries: ['tea'], records: [] },
    ]
    const first = await importing(site, 'pins', rows)
    expect([first.added, first.refused]).to.deep.equal([1, 3])
    expect(first.refusals.map(({ reason }) => reason)).to.deep.equal([
      'there is no record "article:none"',
      'has a query in common with the pin of new starter',
      'records names nothing to pin',
    ])
    expect((await importing(site, 'pins', rows)).unchanged).to.equal(1)
    expect(pinned(await asked('new starter'))).to.deep.equal(['Your first days'])
  })
})
