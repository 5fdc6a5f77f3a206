import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { Reindex } from '../../../server/search/indexing/reindex.ts'
import type { SearchType } from '../../../server/search/searchType.ts'
import { anArticle, anOrganisation, aPerson } from '../../support/builders.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'
import { WordEncoder } from '../../support/wordEncoder.ts'

describe('search by meaning', () => {
  const encoder = new WordEncoder()
  let site: TestSite
  let own: Organisation
  let other: Organisation
  let author: Person & { email: string }
  let writer: Person & { email: string }
  let browser: Browser
  let hidden: Article

  before(async () => {
    site = await startTestSite({ semanticModel: { encoder } })
    own = await anOrganisation(site, { name: 'Own' })
    other = await anOrganisation(site, { name: 'Other' })
    author = await aPerson(site, { name: 'Ann Author', organisationId: own._id })
    writer = await aPerson(site, { name: 'Wim Writer', organisationId: other._id })
    const reader = await aPerson(site, { name: 'Rita Reader', organisationId: own._id })
    await anArticle(site, author, { title: 'Workload migration', slug: 'workload', text: 'Notes from the year we went to Azure.' })
    await anArticle(site, author, { title: 'Sandwiches', slug: 'sandwiches', text: 'Tea at noon.' })
    await anArticle(site, author, { title: 'Cloud machines', slug: 'cloud', text: 'Cloud machines cost more.' })
    hidden = await anArticle(site, writer, {
      title: 'Workload to Azure',
      slug: 'hidden',
      text: 'Secretly.',
      organisationId: other._id,
      visibility: 'organisation',
    })
    await site.services.passageEncoding?.settled()
    browser = await site.signInAs(reader)
  })
  after(() => site.close())

  const search = async (q: string, by = browser) => new SearchResults((await by.get('/search').query({ q }).expect(200)).text)

  it('finds what says the same in other words, after what has the words, and shows the passage', async () => {
    const page = await search('moving machines cloud')
    expect(page.titles('article')).to.have.members(['Cloud machines', 'Workload migration'])
    expect(page.$('.row--article').text()).to.include('Notes from the year we went to Azure.')
  })

  it('finds who wrote it', async () => {
    expect((await search('moving servers cloud')).titles('person')).to.deep.equal(['Ann Author'])
  })

  it('finds nothing that the reader may not see, and neither do its writers stand as people who know', async () => {
    const page = await search('servers cloud')
    expect(page.titles('article')).to.not.include(hidden.title)
    expect(page.titles('person')).to.not.include('Wim Writer')
    const theirs = await search('servers cloud', await site.signInAs(writer))
    expect(theirs.titles('article'), 'twin: whoever may see it').to.include(hidden.title)
    expect(theirs.titles('person')).to.include('Wim Writer')
  })

  it('shows whoever may not see a record nothing of it on any surface, which without the filter it would', async () => {
    const asked = 'q=servers+cloud'
    const paths = [
      '',
      '&type=article',
      '&type=article&sort=date',
      '&type=person',
      '&type=article&organisation=other',
      '&type=article&kind=how-to',
    ]
    const showing = async (by: Browser) => {
      const shown = await Promise.all(paths.map(async path => ({ path, text: (await by.get(`/search?${asked}${path}`).expect(200)).text })))
      return shown.filter(({ text }) => /knowledge\/hidden|wim-writer/.test(text)).map(({ path }) => path)
    }
    expect(await showing(browser)).to.deep.equal([])
    expect(await showing(await site.signInAs(writer)), 'twin: whoever may see it').to.include.members(['', '&type=article', '&type=person'])
    const { model } = encoder
    const near = { alias: 'article', model, vector: encoder.vector('servers cloud'), atLeast: 0.3, most: 10 }
    const everybody = ['partnership', ...hidden.readers]
    const found = async (readers: readonly string[]) => (await site.services.engine.nearest({ ...near, readers })).map(({ id }) => id)
    expect(await found(['partnership'])).to.not.include(hidden._id)
    expect(await found(everybody), 'twin: without the filter').to.include(hidden._id)
  })

  it('leaves the words in charge where they are meant exactly', async () => {
    expect((await search('"moving machines"')).titles('article')).to.deep.equal([])
    expect((await search('azure')).titles('article')).to.deep.equal(['Workload migration'])
    expect((await search('-notes moving machines cloud')).titles('article')).to.deep.equal(['Cloud machines'])
  })

  it('goes by words alone while the model is away, and encodes what was written then when it is back', async () => {
    encoder.isAway = true
    expect((await search('moving machines cloud')).titles('article')).to.deep.equal(['Cloud machines'])
    await anArticle(site, author, { title: 'Recovery of servers', slug: 'recovery', text: 'After a fire.' })
    await site.services.indexer.settled()
    expect((await search('recovery fire')).titles('article')).to.include('Recovery of servers')
    encoder.isAway = false
    await site.services.passageEncoding?.settled()
    expect((await search('backup machines')).titles('article')).to.include('Recovery of servers')
  })

  it('encodes nothing again for a new index, only what changed', async () => {
    const { services } = site
    const { passageEncoding } = services
    await passageEncoding?.settled()
    const before = encoder.encoded
    const reindex = new Reindex({ ...services, passages: services.keptPassages, leaseMs: 1 })
    const article = services.search.types.find(({ type }) => type === 'article') as SearchType
    await reindex.run(article)
    await passageEncoding?.settled()
    expect(encoder.encoded).to.equal(before)
    expect((await search('moving servers cloud')).titles('article')).to.include('Workload migration')
  })

  it('is shown to administrators: how far it is, that it has stopped, and how it is switched on', async () => {
    const administrator = await aPerson(site, { roles: ['partnership administrator'] })
    await site.services.passageEncoding?.settled()
    const keeper = await site.signInAs(administrator)
    const says = async () => (await keeper.get('/admin/operations').expect(200)).text.replace(/\s+/g, ' ')
    expect(await says()).to.match(/words, 256 dimensions: (\d+) of \1 records/)
    encoder.isAway = true
    expect(await says()).to.include('it has stopped')
    encoder.isAway = false
    const { semanticModel } = site.services
    semanticModel.problem = 'SEMANTIC_MODEL: there is no model.'
    expect(await says()).to.match(/there is no model\..*npm run model -- fetch/)
    delete semanticModel.problem
  })

  it('is paused by an administrator in every process, however often they start, and goes on where it was', async () => {
    const { passageEncoding, keptPassages, indexer } = site.services
    const keeper = await site.signInAs(await aPerson(site, { roles: ['partnership administrator'] }))
    await passageEncoding?.settled()
    const page = async () => load((await keeper.get('/admin/operations').expect(200)).text)
    expect((await page())('form[action$="/meaning/pause"]').length, 'nothing waits').to.equal(0)

    await keeper.post('/admin/operations/meaning/pause').expect(303)
    await anArticle(site, author, { title: 'Migration of the cloud servers', slug: 'paused', text: 'Cloud servers, moved.' })
    await indexer.settled()
    passageEncoding?.start()
    await passageEncoding?.catchUp()
    expect((await keptPassages?.progress())?.waiting).to.equal(1)
    expect((await page())('section[aria-labelledby=meaning]').text()).to.include('Paused since')

    const $ = await page()
    await keeper.post($('form[action$="/meaning/go-on"]').attr('action') as string).expect(303)
    await passageEncoding?.catchUp()
    await passageEncoding?.stop()
    expect((await keptPassages?.progress())?.waiting).to.equal(0)
    expect((await page())('form[action$="/meaning/go-on"]').length).to.equal(0)
  })
})
