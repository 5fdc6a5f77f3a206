import { expect } from 'chai'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill, aTeam } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const plainNotice = 'The search engine is not answering'
const longerThanAnyPauseMs = 16_000
type WithEmail = Person & { email: string }

describe('while the search engine does not answer', () => {
  let clock: MovableClock
  let site: TestSite
  let home: Organisation
  let author: WithEmail
  let browser: Browser

  beforeEach(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
    home = await anOrganisation(site, { name: 'Home Council', slug: 'home' })
    author = await aPerson(site, { name: 'Ada Author', slug: 'ada-author', organisation: home })
    await aSkill(site, { name: 'Turbines', aliases: ['windmills'] })
    await anArticle(site, author, { title: 'Turbine maintenance', slug: 'turbine-maintenance', text: 'Oil it.' })
    await site.services.indexer.settled()
    browser = await site.signInAs(author)
  })
  afterEach(async () => {
    expect(site.logged.filter(({ level }) => level >= 50)).to.deep.equal([])
    await site.close()
  })

  async function asked(q: string, more = '', as = browser): Promise<SearchResults> {
    const { text } = await as.get(`/search?q=${encodeURIComponent(q)}${more}`).expect(200)
    return new SearchResults(text)
  }

  const form = (fields: object) =>
    new URLSearchParams([
      ...Object.entries({ text: 'Text of it.', kind: 'how-to', visibility: 'partnership', ...fields }),
      ['then', 'publish'],
    ]).toString()

  const write = (title: string) => browser.post('/knowledge').send(form({ title }))

  async function change(slug: string, fields: object): Promise<void> {
    const { text } = await browser.get(`/knowledge/${slug}/edit`).expect(200)
    const revision = /name="revision" value="(\d+)"/.exec(text)?.[1]
    await browser
      .post(`/knowledge/${slug}`)
      .send(form({ title: 'Turbine maintenance', revision, ...fields }))
      .expect(303)
  }

  async function back(): Promise<void> {
    site.engine.switchOn()
    clock.move(longerThanAnyPauseMs)
    await site.services.indexer.settled()
  }

  it('keeps everything that is written, and shows it', async () => {
    site.engine.switchOff()
    await write('Turbine noise').expect(303).expect('Location', '/knowledge/turbine-noise')
    await browser
      .get('/knowledge/turbine-noise')
      .expect(200)
      .expect(/Text of it/)
    await change('turbine-maintenance', { title: 'Turbine upkeep' })
    await browser
      .get('/knowledge')
      .expect(200)
      .expect(/Turbine upkeep/)
    await browser.post('/knowledge/turbine-noise/delete').expect(303)
    await browser.get('/knowledge/turbine-noise').expect(404)
  })

  it('answers by the words of titles and names, with a plain notice', async () => {
    site.engine.switchOff()
    await write('Turbine noise').expect(303)
    const page = await asked('turbine noise')
    expect(page.text('.search-notice')).to.include(plainNotice)
    expect(page.titles('article')).to.deep.equal(['Turbine noise', 'Turbine maintenance'])
    expect((await asked('ada')).titles('person')).to.deep.equal(['Ada Author'])
    expect((await asked('maintenance', '&type=article')).titles('article')).to.deep.equal(['Turbine maintenance'])
  })

  it('shows no notice when it does answer', async () => {
    const page = await asked('turbine')
    expect(page.text('.search-notice')).to.equal('')
    expect(page.titles('article')).to.deep.equal(['Turbine maintenance'])
  })

  it('says of an empty answer that only titles were searched', async () => {
    site.engine.switchOff()
    expect((await asked('oil')).text('.empty-state')).to.include('Only titles and names were searched')
    expect((await asked('', '&organisation=home')).text('.empty-state')).to.include('Only titles and names were searched')
  })

  it('shows nobody what they may not see', async () => {
    const team = await aTeam(site, home)
    const secret = { title: 'Turbine secrets', text: 'x' }
    await anArticle(site, author, { ...secret, slug: 'a-draft', state: 'draft' })
    await anArticle(site, author, { ...secret, slug: 'of-the-team', visibility: 'team', owner: { teamId: team._id } })
    await anArticle(site, author, { ...secret, slug: 'of-home', visibility: 'organisation' })
    const stranger = await site.signInAs(await aPerson(site))
    site.engine.switchOff()
    expect((await asked('turbine secrets', '', stranger)).titles('article')).to.deep.equal(['Turbine maintenance'])
    expect((await asked('turbine secrets', '', browser)).titles('article')).to.have.length(4)
  })

  it('obeys filters, dates and what is left out', async () => {
    const elsewhere = await aPerson(site, { name: 'Eli Elsewhere', slug: 'eli-elsewhere' })
    await anArticle(site, elsewhere, { title: 'Turbine of Eli', kind: 'lesson-learned', updatedAt: new Date('2020-01-01') })
    site.engine.switchOff()
    const titles = async (q: string, more = '') => (await asked(q, more)).titles('article')
    expect(await titles('turbine organisation:home')).to.deep.equal(['Turbine maintenance'])
    expect(await titles('turbine', '&kind=lesson-learned')).to.deep.equal(['Turbine of Eli'])
    expect(await titles('turbine', '&author=eli-elsewhere')).to.deep.equal(['Turbine of Eli'])
    expect(await titles('turbine', '&to=2020-01-01')).to.deep.equal(['Turbine of Eli'])
    expect(await titles('turbine -maintenance')).to.deep.equal(['Turbine of Eli'])
  })

  it('pages through plain results, each once', async () => {
    for (let number = 1; number <= 25; number++) await anArticle(site, author, { title: `Rotor ${number}` })
    site.engine.switchOff()
    const first = await asked('rotor', '&type=article')
    const second = await asked('rotor', '&type=article&page=2')
    expect([first.titles('article').length, second.titles('article').length]).to.deep.equal([20, 5])
    expect(new Set([...first.titles('article'), ...second.titles('article')]).size).to.equal(25)
    expect((await asked('rotor')).titles('article')).to.have.length(5)
  })

  it('answers every other page as before', async () => {
    site.engine.switchOff()
    for (const path of [
      '/',
      '/people',
      '/people/ada-author',
      '/skills',
      '/skills/turbines',
      '/knowledge',
      '/knowledge/turbine-maintenance',
      '/organisations',
      '/organisations/home',
      '/account',
    ]) {
      await browser.get(path).expect(200)
    }
  })

  it('keeps pages fast: after one failure the engine is left alone for a while', async () => {
    clock.stop()
    site.engine.switchOff({ afterMs: 300 })
    await asked('turbine')
    const before = site.engine.searches
    for (let page = 0; page < 10; page++) expect((await asked('turbine')).titles('article')).to.have.length(1)
    await browser.get('/skills').expect(200)
    expect(site.engine.searches).to.equal(before)
    clock.move(1_001)
    await asked('turbine')
    expect(site.engine.searches).to.be.greaterThan(before)
  })

  it('is asked again soon after a short outage, however many people met it', async () => {
    site.engine.switchOff({ afterMs: 50 })
    await Promise.all(Array.from({ length: 12 }, () => asked('turbine')))
    site.engine.switchOn()
    clock.move(1_001)
    expect((await asked('oil')).titles('article')).to.deep.equal(['Turbine maintenance'])
  })

  it('narrows who may read something at once, and answers without waiting for long', async () => {
    const stranger = await site.signInAs(await aPerson(site))
    site.engine.switchOff({ afterMs: 60_000 })
    const began = performance.now()
    await change('turbine-maintenance', { visibility: 'organisation' })
    expect(performance.now() - began).to.be.below(4_000)
    site.engine.switchOn()
    await stranger.get('/knowledge/turbine-maintenance').expect(404)
    expect((await asked('turbine', '', stranger)).titles('article')).to.deep.equal([])
  })

  it('catches up alone when it is back: everything is found and nothing differs', async () => {
    site.engine.switchOff()
    await write('Turbine noise').expect(303)
    await change('turbine-maintenance', { title: 'Turbine upkeep', text: 'Grease it.' })
    await write('Turbine mistake').expect(303)
    await browser.post('/knowledge/turbine-mistake/delete').expect(303)
    await aPerson(site, { name: 'Nia New', about: 'Knows turbines' })
    await back()
    const page = await asked('turbine')
    expect(page.text('.search-notice')).to.equal('')
    expect(page.titles('article')).to.have.members(['Turbine noise', 'Turbine upkeep'])
    expect((await asked('grease')).titles('article')).to.deep.equal(['Turbine upkeep'])
    expect((await asked('oil')).titles('article')).to.deep.equal([])
    expect(page.titles('person')).to.include('Nia New')
    const { differences, compared } = await site.services.drift.check()
    expect(differences).to.deep.equal([])
    expect(compared).to.be.at.least(4)
  })

  it('catches up when it went away in the middle of a batch that it took', async () => {
    let bulks = 0
    site.engine.beforeBulk = async (index, operations) => {
      if (bulks++ > 0) return
      await site.engine.real.bulk(index, operations)
      site.engine.switchOff()
    }
    await write('Turbine noise').expect(303)
    await site.services.indexer.settled().catch(() => undefined)
    expect(bulks).to.be.greaterThan(0)
    await back()
    expect((await asked('noise')).titles('article')).to.deep.equal(['Turbine noise'])
    expect((await site.services.drift.check()).differences).to.deep.equal([])
  })
})

describe('when the search engine does not answer at the start', () => {
  it('starts all the same, and everything is found once it does', async () => {
    const clock = new MovableClock()
    const site = await startTestSite({ clock, engineIsOff: true })
    try {
      const person = await aPerson(site, { name: 'Early Bird' })
      await anArticle(site, person, { title: 'Early worm' })
      const browser = await site.signInAs(person)
      await browser
        .get('/search?q=worm')
        .expect(200)
        .expect(/Early worm/)
        .expect(new RegExp(plainNotice))
      site.engine.switchOn()
      clock.move(longerThanAnyPauseMs)
      await site.services.indexer.settled()
      const { text } = await browser.get('/search?q=worm').expect(200)
      expect(new SearchResults(text).titles('article')).to.deep.equal(['Early worm'])
      expect(text).not.to.include(plainNotice)
      expect((await site.services.drift.check()).differences).to.deep.equal([])
      expect(site.logged.filter(({ level }) => level >= 50)).to.deep.equal([])
    } finally {
      await site.close()
    }
  })
})
