import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { anArticle, anOrganisation, aPerson, aSkill, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }
const dayMs = 86_400_000
const longerThanAnyPauseMs = 16_000

describe('saved searches', () => {
  const clock = new MovableClock()
  let site: TestSite
  let vmware: Skill
  let author: Account
  let ada: Account
  let browser: Browser

  before(async () => {
    site = await startTestSite({ clock })
    vmware = await aSkill(site, { name: 'VMware' })
    author = await aPerson(site, { name: 'Ann Author' })
    await anArticle(site, author, { title: 'Turbines of old' })
    await site.services.indexer.settled()
  })
  after(() => site.close())

  beforeEach(async () => {
    ada = await aPerson(site, { name: 'Ada Asker' })
    browser = await site.signInAs(ada)
  })

  const send = (fields: object, from = browser) =>
    from
      .post('/saved-searches')
      .type('form')
      .send({ name: 'Mine', alert: 'daily', ...fields })
  async function save(query: string, fields: object = {}, from = browser): Promise<string> {
    await send({ query, ...fields }, from)
      .expect(303)
      .expect('Location', '/saved-searches')
    const { text } = await from.get('/saved-searches').expect(200)
    return (
      linksOn(text)
        .find(href => href.endsWith('/edit'))
        ?.replace('/edit', '') ?? ''
    )
  }
  async function look(days = 1) {
    clock.move(days * dayMs)
    await site.services.indexer.settled()
    return site.services.newMatches.look()
  }
  const waiting = async (from = browser) =>
    load((await from.get('/').expect(200)).text)('.rows--plain a')
      .toArray()
      .map(link => load(link).text())
      .filter(text => text.includes(' new in '))
  const looked = async (path: string, given: object = {}) => {
    const form = formOn((await browser.get(path).expect(200)).text, `${path}/looked`)
    return browser
      .post(`${path}/looked`)
      .type('form')
      .send({ ...form, ...given })
      .expect(303)
  }
  const hide = (article: Article) =>
    new IndexedWrite<Article>(site.services.models.articles, 'title', clock).update(
      { _id: article._id },
      { $set: { readers: ['person:nobody'] } },
    )

  it('are saved from the results, with name and filters, listed, run, changed and removed', async () => {
    const results = new SearchResults((await browser.get('/search?q=turbines&type=article&author=nobody').expect(200)).text)
    const form = (await browser.get(results.href('Save this search')).expect(200)).text
    expect(formOn(form)).to.deep.equal({ query: 'q=turbines&type=article&author=nobody', name: 'turbines', alert: 'daily' })
    await browser.get('/saved-searches').expect(/You have not saved a search yet/)
    const path = await save(`q=turbines&type=person&skill=${vmware.slug}&from=2020-01-01&sort=date`, {
      name: 'Turbine people',
      alert: 'weekly',
    })
    const list = (await browser.get('/saved-searches').expect(200)).text
    expect(load(list)('.row').text().replace(/\s+/g, ' ')).to.include(
      'turbines · only people · Skill: VMware · from 1 January 2020 · new matches once a week',
    )
    expect(linksOn(list)).to.include(`/search?q=turbines&type=person&skill=${vmware.slug}&from=2020-01-01&sort=date`)

    const change = (await browser.get(`${path}/edit`).expect(200)).text
    expect(formOn(change, path)).to.deep.equal({ name: 'Turbine people', alert: 'weekly' })
    await browser.post(path).type('form').send({ name: 'Blades', alert: 'none' }).expect(303)
    expect((await browser.get('/saved-searches')).text)
      .to.include('Blades')
      .and.not.include('once a week')
    await browser.post(`${path}/delete`).expect(303)
    await browser.get('/saved-searches').expect(/You have not saved a search yet/)
    await browser.get(path).expect(404)
  })

  it('say beside the field what is wrong, and keep what was typed', async () => {
    const { text } = await send({ query: 'q=turbines', name: ' ', alert: 'hourly' }).expect(422)
    expect(problemsOn(text)).to.have.all.keys('name', 'alert')
    expect(formOn(text).query).to.equal('q=turbines')
    for (const query of ['', 'type=article&sort=date', 'q=++', 'colour=red'])
      expect(problemsOn((await send({ query }).expect(422)).text).form).to.include('There is no question to save')
    expect(problemsOn((await send({ query: `q=${'x'.repeat(4_500)}` }).expect(422)).text).form).to.include('too long to be saved')
  })

  it('are 50 for a person at most', async () => {
    const { models } = site.services
    const kept = {
      personId: ada._id,
      name: 'x',
      query: 'q=x',
      alert: 'none' as const,
      createdAt: new Date(),
      seen: [],
      fresh: [],
      tooMany: [],
    }
    await models.savedSearches.insertMany(Array.from({ length: 50 }, (_, place) => ({ ...kept, _id: `${ada._id}-${place}` })))
    expect(problemsOn((await send({ query: 'q=turbines' }).expect(409)).text).form).to.include('You have 50 saved searches')
    await browser.post(`/saved-searches/${ada._id}-7/delete`).expect(303)
    await send({ query: 'q=turbines' }).expect(303)
  })

  it('tell on the home page how many are new, until they were looked at', async () => {
    const path = await save('q=turbines', { name: 'Turbines' })
    await look()
    expect(await waiting(), 'what was there is not new').to.deep.equal([])
    await anArticle(site, author, { title: 'Turbines of today' })
    await aPerson(site, { name: 'Tom Turbines' })
    await look()
    expect(await waiting()).to.deep.equal(['2 new in “Turbines”'])
    await look()
    await anArticle(site, author, { title: 'Turbines of tomorrow' })
    await look()
    expect(await waiting(), 'both times').to.deep.equal(['3 new in “Turbines”'])

    for (const time of ['first', 'again']) {
      const page = new SearchResults((await browser.get(path).expect(200)).text)
      expect(page.titles('article'), time).to.deep.equal(['Turbines of tomorrow', 'Turbines of today'])
      expect(page.titles('person'), time).to.deep.equal(['Tom Turbines'])
      expect(page.href('All results of the search')).to.equal('/search?q=turbines')
      expect(await waiting(), 'nothing changes by reading a page').to.deep.equal(time === 'first' ? ['3 new in “Turbines”'] : [])
      if (time === 'first') await looked(path)
    }
    expect((await browser.get(path)).text, 'once').to.not.include('I have looked at these')
    expect(await waiting()).to.deep.equal([])
    await look()
    expect(await waiting(), 'nothing came').to.deep.equal([])
    await anArticle(site, author, { title: 'Turbines of next year' })
    await look()
    expect(await waiting()).to.deep.equal(['1 new in “Turbines”'])
  })

  it('stay unread when something newer was found than was looked at, and for anybody else', async () => {
    const path = await save('q=sprockets&type=article', { name: 'Sprockets' })
    await look()
    await anArticle(site, author, { title: 'Sprockets one' })
    await look()
    const form = formOn((await browser.get(path).expect(200)).text, `${path}/looked`)
    await anArticle(site, author, { title: 'Sprockets two' })
    await look()
    const send = (given: object, from = browser) => from.post(`${path}/looked`).type('form').send(given)
    await send(form).expect(303)
    await send({ found: 'yesterday' }).expect(422)
    await send(form, await site.signInAs(author)).expect(404)
    expect(await waiting()).to.deep.equal(['2 new in “Sprockets”'])
    await looked(path)
    expect(await waiting()).to.deep.equal([])
  })

  it('tell neither of what somebody wrote themselves, nor of an article that was merely edited', async () => {
    await save('q=propellers&type=article', { name: 'Propellers' })
    const edited = await anArticle(site, author, { title: 'Propellers' })
    await anArticle(site, ada, { title: 'My propellers' })
    await look()
    expect(await waiting()).to.deep.equal(['1 new in “Propellers”'])
    await looked((await site.services.savedSearches.list(asReader(ada))).map(({ _id }) => `/saved-searches/${_id}`)[0] ?? '')
    const write = new IndexedWrite<Article>(site.services.models.articles, 'title', clock)
    await write.update({ _id: edited._id }, { $set: { text: 'Better.', updatedAt: clock.now() } })
    await look()
    expect(await waiting()).to.deep.equal([])
  })

  it('are looked at as often as was asked', async () => {
    await save('q=rotors&type=article', { name: 'Weekly', alert: 'weekly' })
    await save('q=rotors', { name: 'Never', alert: 'none' })
    await anArticle(site, author, { title: 'Rotors' })
    await look(1)
    expect(await waiting()).to.deep.equal([])
    await look(6)
    expect(await waiting()).to.deep.equal(['1 new in “Weekly”'])
  })

  it('begin when telling begins: what was there by then is not new', async () => {
    const path = await save('q=gearboxes&type=article', { name: 'Gears', alert: 'none' })
    await anArticle(site, author, { title: 'Gearboxes' })
    await site.services.indexer.settled()
    await browser.post(path).type('form').send({ name: 'Gears', alert: 'daily' }).expect(303)
    await look()
    expect(await waiting()).to.deep.equal([])
    await anArticle(site, author, { title: 'More gearboxes' })
    await look()
    expect(await waiting()).to.deep.equal(['1 new in “Gears”'])
  })

  it('show what is shared with their owner at the time of the look, and at the time of showing', async () => {
    const path = await save('q=anemometers&type=article', { name: 'Wind' })
    const shared = await anArticle(site, author, { title: 'Anemometers, shared' })
    const secret = await anArticle(site, author, { title: 'Anemometers, secret', readers: [`person:${author._id}`] })
    await look()
    expect(await waiting()).to.deep.equal(['1 new in “Wind”'])
    expect((await browser.get('/saved-searches')).text).to.include('1 new')
    await hide(shared)
    expect(await waiting()).to.deep.equal([])
    for (const address of ['/saved-searches', path]) expect((await browser.get(address)).text, address).to.not.match(/1 new|Anemometers, s/)
    const write = new IndexedWrite<Article>(site.services.models.articles, 'title', clock)
    await write.update({ _id: secret._id }, { $set: { readers: ['partnership'] } })
    await look()
    expect(await waiting(), 'twin: shared later, without being changed').to.deep.equal(['1 new in “Wind”'])
  })

  it('wait for the engine, and miss nothing', async () => {
    await save('q=nacelles&type=article', { name: 'Before' })
    site.engine.switchOff()
    await save('q=nacelles', { name: 'While it was away' })
    await anArticle(site, author, { title: 'Nacelles' })
    clock.move(dayMs)
    const failed = await site.services.newMatches.look().then(
      () => 'looked',
      error => error.name,
    )
    expect(failed).to.equal('Unavailable')
    site.engine.switchOn()
    clock.move(longerThanAnyPauseMs)
    await look()
    expect(await waiting()).to.deep.equal(['1 new in “Before”'])
  })

  it('say when there are too many to tell which are new', async () => {
    const path = await save('q=turbines', { name: 'Wide' })
    await site.services.models.savedSearches.updateMany({ personId: ada._id }, { $set: { tooMany: ['article'] } })
    for (const address of ['/saved-searches', path])
      expect((await browser.get(address)).text, address).to.include('more than 1,000 articles, so new ones are not noticed')
    await anArticle(site, author, { title: 'Turbines at last' })
    await look()
    expect(await waiting(), 'the first that can be compared are the beginning').to.deep.equal([])
  })

  it('go when their owner leaves, and rest while they are suspended', async () => {
    const { models, accountAdministration, leaving } = site.services
    const administrator = asReader(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
    const kept = () => models.savedSearches.find({ personId: ada._id }).lean()
    await save('q=turbines', { name: 'Mine' })
    await accountAdministration.suspend(administrator, ada.slug)
    await anArticle(site, author, { title: 'Turbines meanwhile' })
    await look()
    expect((await kept()).map(({ fresh }) => fresh)).to.deep.equal([[]])
    await accountAdministration.resume(administrator, ada.slug)
    await look()
    expect((await kept()).map(({ fresh }) => fresh.length)).to.deep.equal([1])
    await leaving.leave(administrator, ada.slug)
    expect(await kept()).to.deep.equal([])
  })

  it('are asked for by a job, every day', async () => {
    const { jobs, jobRunner } = site.services
    await save('q=turbines')
    clock.move(dayMs)
    const { _id } = await jobs.ask({ name: 'new-matches' })
    await jobRunner.workOff()
    expect(await jobs.find(_id))
      .to.include({ state: 'done' })
      .and.property('result')
      .match(/saved searches asked/)
  })

  it('exist for nobody else', async () => {
    const path = await save('q=turbines', { name: 'Only mine' })
    const other = await site.signInAs(
      await aPerson(site, { roles: ['member', 'partnership administrator'], organisation: await anOrganisation(site) }),
    )
    for (const address of [path, `${path}/edit`]) await other.get(address).expect(404)
    for (const address of [path, `${path}/delete`]) await other.post(address).type('form').send({ name: 'x', alert: 'none' }).expect(404)
    expect((await other.get('/saved-searches')).text).to.not.include('Only mine')
    await browser.get(path).expect(200)
  })
})
