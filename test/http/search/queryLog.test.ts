import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { anArticle, aPerson } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type WithEmail = Person & { email: string }
const dayMs = 86_400_000

describe('the query log', () => {
  let clock: MovableClock
  let site: TestSite
  let people: WithEmail[]
  let browsers: Browser[]
  let keeper: Browser

  before(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
    people = await Promise.all(['Ann One', 'Ben Two', 'Cy Three'].map(name => aPerson(site, { name })))
    browsers = await Promise.all(people.map(person => site.signInAs(person)))
    keeper = await site.signInAs(await aPerson(site, { roles: ['partnership administrator'] }))
    const [author] = people
    for (let note = 1; note <= 25; note++) await anArticle(site, author as WithEmail, { title: `Gateway note ${note}` })
    await site.services.indexer.settled()
  })
  beforeEach(async () => {
    await Promise.all([asked().deleteMany({}), site.services.models.sharedQueries.deleteMany({})])
  })
  after(() => site.close())

  const asked = () => site.services.models.askedQueries
  const search = async (q: string | object, from: Browser = browsers[0] as Browser) =>
    load(
      (
        await from
          .get('/search')
          .query(typeof q === 'string' ? { q } : q)
          .expect(200)
      ).text,
    )
  const askAll = async (q: string, times = people.length) => {
    for (const browser of browsers.slice(0, times)) await search(q, browser)
  }
  const entries = async () => {
    await site.services.queryLog.flush()
    return asked().find({}).sort({ _id: 1 }).lean()
  }
  const forget = () => site.services.queryForgetting.forget()
  const report = async (period = '30-days') => {
    await site.services.queryLog.flush()
    return load((await keeper.get('/admin/queries').query({ period }).expect(200)).text)
  }
  const table = async (caption: string, period?: string) => {
    const $ = await report(period)
    const rows = $('table')
      .filter((_, one) => $(one).find('caption').text() === caption)
      .find('tbody tr')
    return rows.get().map(row =>
      $(row)
        .children()
        .get()
        .map(cell => $(cell).text().trim()),
    )
  }
  const tally = async () => (await report())('.tally').text().replace(/\s+/g, ' ').trim()

  it('keeps the words, who asked, and how many were found', async () => {
    await search('The “Gateway” NOTE')
    await search('gateway -note')
    await search('zzyzx')
    await search('')
    await search({ kind: 'how-to' })
    await search(`gateway ${'x'.repeat(300)}`)
    const kept = (await entries()).map(({ words, personId, found, isFollowUp }) => ({ words, personId, found, isFollowUp }))
    const ann = { personId: people[0]?._id, isFollowUp: false }
    expect(kept).to.deep.equal([
      { words: 'gateway note', found: 26, ...ann },
      { words: 'gateway', found: 0, ...ann },
      { words: 'zzyzx', found: 0, ...ann },
    ])
  })

  it('holds what is opened and where it stood, once, and only of what somebody asked', async () => {
    const $ = await search({ q: 'gateway note', type: 'article', page: '2' })
    const results = $('#results')
    const row = results.find('[data-result]').first()
    const told = Object.fromEntries(new URLSearchParams(`${row.attr('data-result')}&words=${results.attr('data-asked')}`))
    expect(told).to.include({ type: 'article', position: '21', words: 'gateway note' })
    const tell = (form: object, from = browsers[0] as Browser) => from.post('/search/opened').type('form').send(form)
    for (let times = 0; times < 2; times++) await tell(told).expect(204)
    await tell(told, browsers[1]).expect(204)
    await tell({ ...told, words: 'what nobody asked' }).expect(204)
    for (const wrong of [{}, { ...told, position: '-1' }, { ...told, position: 'first' }, { ...told, words: 'x'.repeat(201) }])
      await tell(wrong).expect(422)
    const [entry, ...others] = await entries()
    expect(others).to.deep.equal([])
    expect(entry?.opened).to.deep.equal([{ type: 'article', id: told.id, position: 21 }])
    expect(entry?.isFollowUp).to.equal(true)
    expect(await table('Results opened by position')).to.deep.include(['Further down', '1', '0', '1', '0', '0', '0', '0', '0', '0'])
  })

  it('shows a query when three different people asked it, and what found nothing', async () => {
    await askAll('Gateway note')
    await askAll('zzyzx')
    await search('zzyzx')
    await search({ q: 'zzyzx', type: 'article' })
    expect(await table('Searches by query')).to.deep.equal([
      ['zzyzx', '4', 'Pin a page'],
      ['gateway note', '3', 'Pin a page'],
    ])
    expect(await table('Searches without a result by query')).to.deep.equal([['zzyzx', '4', '', 'Pin a page']])
    expect(await tally())
      .to.include('Searches 7')
      .and.include('Found nothing 4 (57 %)')
      .and.include('not shown 0')
    const $ = await report()
    expect(
      $('.bars')
        .first()
        .find('rect')
        .get()
        .map(bar => bar.attribs.width),
    ).to.deep.equal(['100', '75'])
    expect($('main').text()).to.include('at least 3 different people asked it within 30 days')
  })

  it('counts a question that was corrected for the words that were searched, and as failed for those that were typed', async () => {
    await askAll('gateway note')
    await askAll('gatewya note')
    await search('gatewya note')
    await askAll('gateway', 2)
    await askAll('gatewy')
    const kept = (await entries()).find(({ words }) => words === 'gatewya note')
    expect(kept).to.deep.include({ instead: 'gateway note', found: 26 })
    expect(await table('Searches by query')).to.deep.equal([
      ['gateway note', '7', 'Pin a page'],
      ['gatewy', '3', 'Pin a page'],
    ])
    expect(await table('Searches without a result by query')).to.deep.equal([
      ['gatewya note', '4', 'gateway note', 'Pin a page'],
      ['gatewy', '3', 'gateway', 'Pin a page'],
    ])
    expect(await tally())
      .to.include('Searches 12')
      .and.include('Found nothing 0 (0 %)')
      .and.include('Found only by other words 7 (58 %)')
  })

  it('says no word that was searched instead to who could not find it, unless enough people typed it', async () => {
    const [author] = people as [WithEmail]
    const shared = { visibility: 'chosen' as const, chosenOrganisationIds: people.map(({ organisationId }) => organisationId) }
    const article = await anArticle(site, author, { title: 'The zanzibarquartz plan', ...shared })
    await site.services.indexer.settled()
    await askAll('zanzibarqaurtz')
    expect((await entries())[0], 'twin: they found it').to.include({ instead: 'zanzibarquartz', found: 2 })
    const failed = 'Searches without a result by query'
    expect(await table(failed)).to.deep.equal([['zanzibarqaurtz', '3', 'other words', 'Pin a page']])
    expect((await report()).html()).to.not.include('zanzibarquartz')
    await askAll('zanzibarquartz')
    expect(await table(failed), 'three typed it').to.deep.equal([['zanzibarqaurtz', '3', 'zanzibarquartz', 'Pin a page']])
    await asked().deleteMany({})
    await askAll('zanzibarqaurtz', 2)
    await search('zanzibarqaurtz', keeper)
    expect(await table(failed), 'the keeper found nothing').to.deep.equal([
      ['zanzibarqaurtz', '3', 'other words, 2 of 3 times', 'Pin a page'],
    ])
    await new IndexedWrite<Article>(site.services.models.articles, 'title', clock).erase({ _id: article._id })
    await site.services.indexer.settled()
  })

  it('shows nowhere what fewer than three people asked, however often', async () => {
    const secret = 'redundancy of zebedee'
    await askAll(secret, 2)
    for (let times = 0; times < 5; times++) await search(secret)
    const said = async () => (await Promise.all(['30-days', '12-months'].map(async period => (await report(period)).html()))).join()
    expect(await said()).to.not.match(/redundancy|zebedee/)
    expect(await tally()).to.include('Asked by fewer than 3 people, not shown 7')
    await forget()
    expect(await said()).to.not.match(/redundancy|zebedee/)
    await search(secret, browsers[2])
    expect(await said(), 'twin: the third person').to.match(/redundancy zebedee/)
  })

  it('loses the names after 30 days, keeps the entries for a year, and what was shown stays shown', async () => {
    await askAll('gateway note')
    await askAll('zzyzx', 2)
    clock.move(29 * dayMs)
    await site.services.queryLog.flush()
    expect(await forget()).to.deep.equal({ names: 0, entries: 0 })
    clock.move(2 * dayMs)
    expect(await forget()).to.deep.equal({ names: 5, entries: 0 })
    const kept = await entries()
    expect(kept).to.have.length(5)
    for (const entry of kept) expect(entry).to.not.have.property('personId')
    await search('zzyzx', browsers[2])
    expect(await table('Searches by query')).to.deep.equal([])
    expect(await table('Searches by query', '12-months')).to.deep.equal([['gateway note', '3', 'Pin a page']])
    clock.move(340 * dayMs)
    expect((await forget()).entries).to.equal(5)
  })

  it('loses the name of who left, and is worked off by a job every night', async () => {
    await askAll('gateway note')
    await site.services.queryLog.flush()
    const [, , last] = people as [WithEmail, WithEmail, WithEmail]
    await site.services.leavers.leave(last)
    expect((await entries()).map(({ personId }) => personId)).to.deep.equal([people[0]?._id, people[1]?._id, undefined])
    await asked().updateMany({ personId: { $exists: false } }, { $set: { personId: last._id } })
    await keeper.post('/admin/operations/jobs').type('form').send({ name: 'forget-who-searched' }).expect(303)
    await site.services.jobRunner.workOff()
    const named = (await entries()).map(({ personId }) => personId)
    expect(named).to.deep.equal([people[0]?._id, people[1]?._id, undefined])
    expect(await table('Searches by query'), 'three asked it').to.have.length(1)
    await site.services.leavers.comeBack(last)
  })

  it('makes no search fail or wait: what the database does not take is lost', async () => {
    const { queryLog } = site.services
    const before = site.logged.length
    const insert = asked().insertMany
    let refuse: (error: Error) => void = () => undefined
    Object.assign(asked(), {
      insertMany: () =>
        new Promise((_, reject) => {
          refuse = reject
        }),
    })
    await search('gateway note')
    const flushed = queryLog.flush()
    await search('zzyzx')
    refuse(new Error('the database is away'))
    await flushed
    Object.assign(asked(), { insertMany: insert })
    expect((await entries()).map(({ words }) => words)).to.deep.equal(['zzyzx'])
    expect(site.logged.slice(before).filter(({ level }) => level >= 50)).to.deep.equal([])
    expect(JSON.stringify(site.logged)).to.not.include('gateway note')
  })

  it('notes nothing that the database answered alone', async () => {
    site.engine.switchOff()
    const $ = await search('gateway note')
    site.engine.switchOn()
    clock.move(60_000)
    expect($('#results').attr('data-asked')).to.equal(undefined)
    expect(await entries()).to.deep.equal([])
  })

  it('is for administrators of the partnership alone', async () => {
    await (browsers[0] as Browser).get('/admin/queries').expect(403)
    expect((await keeper.get('/admin').expect(200)).text).to.include('href="/admin/queries"')
    expect((await report('nonsense'))('.sorts [aria-current]').text()).to.equal('Last 30 days')
  })
})
