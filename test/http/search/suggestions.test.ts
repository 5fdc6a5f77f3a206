import { expect } from 'chai'
import { anArticle, anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('suggestions while typing', () => {
  let site: TestSite
  let member: Browser
  let stranger: Browser

  before(async () => {
    site = await startTestSite()
    await aSkill(site, { name: 'Storage area networks', slug: 'storage-area-networks', aliases: ['SAN'] })
    await aSkill(site, { name: 'Storage cooling', readers: ['administrators'] })
    const fire = await anOrganisation(site, { name: 'Stormshire Fire', slug: 'stormshire-fire' })
    const author = await aPerson(site, { name: 'Stella Stormont', slug: 'stella', role: 'Network manager', organisation: fire })
    await aPerson(site, { name: 'Stephen Storm', status: 'left', readers: [] })
    await anArticle(site, author, { title: 'Choosing storage for a small council', slug: 'choosing-storage' })
    await anArticle(site, author, { title: 'Storage', slug: 'storage' })
    await anArticle(site, author, { title: 'Storming secrets', visibility: 'organisation' })
    await site.services.indexer.settled()
    member = await site.signInAs(author)
    stranger = await site.signInAs(await aPerson(site, { name: 'Zed Zero' }))
  })
  after(() => site.close())

  const asked = async (q: string, from = stranger) => (await from.get('/search/suggestions').query({ q }).expect(200)).body.suggestions
  const values = async (q: string, from = stranger) => (await asked(q, from)).map(({ value }: { value: string }) => value)

  it('name people, pages, skills and organisations that begin so, each with what it is and where it leads', async () => {
    expect(await asked('stor')).to.have.deep.members([
      { value: 'Stella Stormont', hint: 'person, Network manager', href: '/people/stella' },
      { value: 'Storage', hint: 'how-to', href: '/knowledge/storage' },
      { value: 'Choosing storage for a small council', hint: 'how-to', href: '/knowledge/choosing-storage' },
      { value: 'Storage area networks', hint: 'skill', href: '/skills/storage-area-networks' },
      { value: 'Stormshire Fire', hint: 'organisation', href: '/organisations/stormshire-fire' },
    ])
  })

  it('lead to pages that are there', async () => {
    for (const { href } of await asked('stor')) await stranger.get(href).expect(200)
  })

  it('go on from several words, of which the last is begun', async () => {
    expect(await values('choosing stor')).to.deep.equal(['Choosing storage for a small council'])
    expect(await values('storage for a sm')).to.deep.equal(['Choosing storage for a small council'])
    expect(await values('storage nothing')).to.deep.equal([])
    expect(await values('san')).to.deep.equal(['Storage area networks'])
  })

  it('end with what the same person searched for before and found, and nobody else', async () => {
    for (const q of ['storage small', 'storage of nowhere', 'storage small']) await member.get('/search').query({ q }).expect(200)
    await site.services.queryLog.flush()
    expect((await asked('storage s', member)).at(-1)).to.deep.equal({
      value: 'storage small',
      hint: 'you searched for this',
      href: '/search?q=storage+small',
    })
    expect((await asked('storage s', member)).filter(({ hint }: { hint: string }) => hint.startsWith('you'))).to.have.length(1)
    expect(await values('storage s')).to.not.include('storage small')
  })

  it('are only what the person typing may see', async () => {
    expect(await values('storming')).to.deep.equal([])
    expect(await values('storming', member), 'twin: who may see it').to.deep.equal(['Storming secrets'])
    expect(await values('stephen')).to.deep.equal([])
    expect(await values('storage coo')).to.not.include('Storage cooling')
  })

  it('answer anything that can be typed', async () => {
    for (const q of ['', '   ', '"', '*', '.*', '$gt', '[', '\u0000', '🙂', 'x'.repeat(5_000)]) expect(await values(q), q).to.deep.equal([])
    await stranger.get('/search/suggestions?q[$gt]=a').expect(200, { suggestions: [] })
    await site.visitor().get('/search/suggestions?q=stor').expect(302)
  })

  it('come while the search engine does not answer', async () => {
    site.engine.switchOff()
    expect(await values('stormon')).to.deep.equal(['Stella Stormont'])
    site.engine.switchOn()
  })
})
