import { expect } from 'chai'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { DeclaredSkill, Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anArticle, aPerson, aSkill } from '../../support/builders.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }
const declares = (skill: Skill, level: DeclaredSkill['level']): DeclaredSkill => ({ skillId: skill._id, level, willing: [] })

describe('beside an article', () => {
  let site: TestSite
  let browser: Browser
  let reader: Account
  let author: Account
  let moving: Article

  before(async () => {
    site = await startTestSite()
    site.services.related.patienceMs = 15_000
    const vmware = await aSkill(site, { name: 'VMware' })
    const recovery = await aSkill(site, { name: 'Disaster recovery' })
    author = await aPerson(site, { name: 'Ann Author', skills: [declares(vmware, 'expert')] })
    reader = await aPerson(site, { name: 'Rita Reader', skills: [declares(vmware, 'expert')] })
    const knows = await aPerson(site, { name: 'Kit Knows', skills: [declares(vmware, 'practitioner'), declares(recovery, 'working')] })
    await aPerson(site, { name: 'Lea Learns', skills: [declares(vmware, 'working')] })
    await aPerson(site, { name: 'Nia Nothing' })
    const about = { skillIds: [vmware._id, recovery._id] }
    moving = await anArticle(site, author, {
      title: 'Moving virtual servers between data centres',
      slug: 'moving',
      text: 'VMware.',
      ...about,
    })
    await anArticle(site, knows, { title: 'Virtual servers after a move', slug: 'after', text: 'VMware moves.', skillIds: [vmware._id] })
    await anArticle(site, author, { title: 'Laptops for new staff', slug: 'laptops', text: 'Order them between March and May.' })
    for (let number = 1; number <= 7; number++)
      await anArticle(site, author, {
        title: `Virtual servers and data centres, part ${number}`,
        slug: `part-${number}`,
        text: 'VMware.',
        ...about,
      })
    await anArticle(site, author, { title: 'Xylophones', slug: 'xylophones', text: 'Alone.' })
    await site.services.indexer.settled()
    browser = await site.signInAs(reader)
  })
  after(() => site.close())

  const beside = async (slug: string, by = browser) => {
    const page = new SearchResults((await by.get(`/knowledge/${slug}`).expect(200)).text)
    const titles = (row: string) =>
      page
        .$(`.related .row--${row} .row__title`)
        .toArray()
        .map(title => page.$(title).text())
    return { page, articles: titles('article'), people: titles('person') }
  }

  it('stand at most five articles like it, not itself, and none that shares no more than a word', async () => {
    const { page, articles } = await beside('moving')
    expect(articles).to.have.length(5)
    expect(articles).to.not.include(moving.title)
    for (const title of articles) expect(title).to.match(/Virtual servers/)
    expect((await beside('laptops')).articles).to.deep.equal([])
    expect(new SearchResults((await browser.get(page.href('More like it')).expect(200)).text).titles('article')).to.include(articles[0])
  })

  it('stand people who know about it, with the reason, but not its authors or whoever reads it', async () => {
    const { page, people } = await beside('moving')
    expect(people).to.deep.equal(['Kit Knows', 'Lea Learns'])
    expect(page.reasons('Kit Knows')).to.deep.equal([
      'Declared: 2 of 2: VMware, practitioner; Disaster recovery, working',
      'Shown: wrote 1 matching article',
    ])
    const reason = page.href('1 matching article')
    expect(new SearchResults((await browser.get(reason).expect(200)).text).titles('article')).to.deep.equal([
      'Virtual servers after a move',
    ])
    const all = new SearchResults((await browser.get(page.href('More people')).expect(200)).text)
    expect(all.titles('person')).to.have.members(['Kit Knows', 'Lea Learns', 'Ann Author', 'Rita Reader'])
  })

  it('stands nothing where nothing is alike', async () => {
    const { page, articles, people } = await beside('xylophones')
    expect([articles, people]).to.deep.equal([[], []])
    expect(page.$('.related')).to.have.length(0)
  })

  it('is counted as no search', async () => {
    const seen: string[] = []
    const { metrics } = site.services
    const searched = metrics.searched.bind(metrics)
    metrics.searched = (by, seconds) => {
      seen.push(by)
      searched(by, seconds)
    }
    await beside('moving')
    expect(seen).to.deep.equal([])
    await browser.get('/search?q=vmware')
    expect(seen).to.deep.equal(['engine'])
    metrics.searched = searched
  })

  it('stands nothing while the engine does not answer, and nobody waits for it', async () => {
    site.engine.switchOff({ afterMs: 60_000 })
    site.services.related.patienceMs = 150
    const began = performance.now()
    const { articles, people } = await beside('moving')
    expect([articles, people]).to.deep.equal([[], []])
    expect(performance.now() - began, 'twin: the engine answers after a minute').to.be.below(15_000)
    site.engine.switchOn()
  })
})
