import { expect } from 'chai'
import { anArticle, anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('spelling', () => {
  let site: TestSite
  let member: Browser
  let stranger: Browser

  before(async () => {
    site = await startTestSite()
    const skill = await aSkill(site, { name: 'Kubernetes', aliases: ['K8s orchestration'] })
    const police = await anOrganisation(site, { name: 'Wyvernshire Police' })
    const author = await aPerson(site, {
      name: 'Jane Smithson',
      organisation: police,
      skills: [{ skillId: skill._id, level: 'expert', willing: [] }],
    })
    for (const title of [
      'Moving a datacentre',
      'Cooling of a data centre',
      'Organising procurement',
      'Virtualization of servers',
      'An email archive',
      'The wi-fi of town halls',
    ])
      await anArticle(site, author, { title, text: 'Step by step.' })
    await anArticle(site, author, { title: 'The moonraker plan', visibility: 'organisation', text: 'Procuration and moonrakers.' })
    const colleague = await aPerson(site, { name: 'Kim Chronicler' })
    await anArticle(site, colleague, { title: 'Ask Jane Smithson', text: 'Jane Smithson knows.' })
    await site.services.indexer.settled()
    member = await site.signInAs(author)
    stranger = await site.signInAs(await aPerson(site))
  })
  after(() => site.close())

  const asked = async (q: string, from = member) => new SearchResults((await from.get('/search').query({ q }).expect(200)).text)
  const articles = async (q: string) => (await asked(q)).titles('article')

  it('of a word that nobody wrote is corrected, said, and taken back on request', async () => {
    const found = await asked('procurmeent', stranger)
    expect(found.titles('article')).to.deep.equal(['Organising procurement'])
    expect(found.text('main')).to.include('Nothing you can see has “procurmeent”, so this is for procurement. Only procurmeent')
    const { text } = await stranger.get(found.href('Only procurmeent')).expect(200)
    expect(new SearchResults(text).titles('article')).to.deep.equal([])
    expect((await asked('procurement')).text('main'), 'twin: spelled well').not.to.include('Nothing you can see')
  })

  it('is corrected beside words that are written', async () => {
    expect((await articles('coling of servers'))[0]).to.be.oneOf(['Cooling of a data centre', 'Virtualization of servers'])
    expect((await articles('virtualisation of servres'))[0]).to.equal('Virtualization of servers')
  })

  it('of names of people, skills and organisations is corrected, though no text has them', async () => {
    expect((await asked('jane smihtson')).titles('person')).to.deep.equal(['Jane Smithson', 'Kim Chronicler'])
    expect((await asked('kubernets')).recognised().join()).to.include('skill: Kubernetes')
    expect((await asked('kubernets')).titles('person')).to.deep.equal(['Jane Smithson'])
    expect((await asked('orchestraton k8s')).text('main')).to.include('orchestration')
    expect((await asked('wyvernshrie')).recognised().join()).to.include('organisation: Wyvernshire Police')
  })

  const variants = [
    ['data centre', 'datacentre', 'data-centre', 'data center', 'datacenter', 'Data-Center', 'DATACENTRE'],
    ['virtualisation', 'virtualization', 'VIRTUALIZATION'],
    ['organising', 'organizing'],
    ['email', 'e-mail', 'e mail', 'E-Mail'],
    ['wifi', 'wi-fi', 'wi fi', 'WiFi'],
  ]
  for (const spellings of variants) {
    it(`finds the same for ${spellings.join(', ')}`, async () => {
      const [first, ...others] = await Promise.all(spellings.map(articles))
      expect(first).to.not.deep.equal([])
      for (const [position, other] of others.entries()) expect(other, spellings[position + 1]).to.deep.equal(first)
    })
  }

  it('leaves phrases as they were typed', async () => {
    expect(await articles('"data centre"')).to.deep.equal(['Cooling of a data centre'])
    expect(await articles('"procurmeent"')).to.deep.equal([])
  })

  it('is corrected only to what the person asking could have found', async () => {
    for (const q of ['moonrakr', 'procuratoin', 'moonrakers plan of procuratoin']) {
      const { text } = await stranger.get('/search').query({ q }).expect(200)
      expect(text.replaceAll(q, '').toLowerCase(), q).not.to.match(/moonraker\b|procuration/)
    }
    expect((await asked('moonrakr')).titles('article'), 'twin: who may see it').to.deep.equal(['The moonraker plan'])
  })

  it('is left alone while the engine does not answer', async () => {
    site.engine.switchOff()
    const found = await asked('procurement')
    site.engine.switchOn()
    expect(found.titles('article')).to.deep.equal(['Organising procurement'])
  })
})
