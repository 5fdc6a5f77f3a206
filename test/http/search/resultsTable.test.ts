import { expect } from 'chai'
import { load } from 'cheerio'
import type { Role } from '../../../server/access/roles.ts'
import type { DeclaredSkill, Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const declares = (skill: Skill, level: DeclaredSkill['level'], willing: DeclaredSkill['willing'] = []): DeclaredSkill => ({
  skillId: skill._id,
  level,
  willing,
})

describe('the results of a search as a table', () => {
  let site: TestSite
  let browser: Browser
  let ann: Person

  before(async () => {
    site = await startTestSite({ environment: { PUBLIC_URL: 'http://pool.example/' } })
    const avon = await anOrganisation(site, { name: '=Avon, "the first"' })
    const vmware = await aSkill(site, { name: 'VMware' })
    const oracle = await aSkill(site, { name: 'Oracle' })
    ann = await aPerson(site, {
      name: '+Ann Lark',
      slug: 'ann-lark',
      organisation: avon,
      role: '@Lead',
      skills: [declares(vmware, 'expert', ['lend']), declares(oracle, 'working')],
    })
    await aPerson(site, { name: 'Ben Finch', slug: 'ben-finch', organisation: avon, role: '', skills: [declares(vmware, 'working')] })
    const dated = { updatedAt: new Date('2020-05-01T23:30:00Z'), skillIds: [vmware._id] }
    await anArticle(site, ann, { title: '-Moving VMware\nhosts', slug: 'moving', ...dated })
    await site.services.indexer.settled()
    browser = await site.signInAs(await aPerson(site, { roles: ['member', 'coordinator'] }))
  })
  after(() => site.close())

  const table = async (query: string) => {
    const answer = await browser
      .get(`/search.csv?${query}`)
      .expect(200)
      .expect('Content-Type', /text\/csv/)
    return { lines: answer.text.replace('\ufeff', '').split('\r\n').slice(0, -1), name: String(answer.headers['content-disposition']) }
  }
  const csvLink = (html: string) =>
    load(html)('.page-actions a')
      .toArray()
      .map(link => ({ href: link.attribs.href ?? '', text: load(link).text() }))
      .find(({ href }) => href.startsWith('/search.csv'))

  it('has people with the level of each asked skill, no cell of which is a formula', async () => {
    const { lines, name } = await table('q=vmware+oracle&type=person')
    expect(lines).to.deep.equal([
      'Name,Organisation,Job title,VMware: level,Oracle: level,Willing,Address,Matching articles,Matching actions,Matching requests',
      `'+Ann Lark,"'=Avon, ""the first""",'@Lead,expert,working,can be lent,http://pool.example/people/ann-lark,1,0,0`,
      `Ben Finch,"'=Avon, ""the first""",,working,,,http://pool.example/people/ben-finch,0,0,0`,
    ])
    expect(name).to.include('people.csv')
  })

  it('names all skills of people when none is asked for, and keeps the filters and the order', async () => {
    const { lines } = await table('q=lark&type=person')
    expect(lines[0]).to.equal('Name,Organisation,Job title,Skills,Willing,Address,Matching articles,Matching actions,Matching requests')
    expect(lines[1]).to.include('VMware (expert); Oracle (working)')
    expect((await table('q=vmware&type=person&skill=oracle')).lines).to.have.length(2)
  })

  it('has articles with author, organisation and the day on which they changed here', async () => {
    expect((await table('q=vmware&type=article')).lines.join('\n')).to.equal(
      'Title,Authors,Organisation,Kind,State,Marking,Review due,Updated,Address\n' +
        `"'-Moving VMware\nhosts",'+Ann Lark,"'=Avon, ""the first""",How-to,published,OFFICIAL,,2020-05-02,http://pool.example/knowledge/moving`,
    )
  })

  it('has its link on the results of one type, with the whole question', async () => {
    const link = csvLink((await browser.get('/search?q=vmware&type=person&skill=oracle&page=1').expect(200)).text)
    expect(link).to.deep.equal({ href: '/search.csv?q=vmware&type=person&skill=oracle', text: 'As CSV' })
    for (const query of ['q=vmware', 'q=xylophone&type=person'])
      expect(csvLink((await browser.get(`/search?${query}`)).text)).to.equal(undefined)
    for (const query of ['q=vmware', 'type=person', '']) await browser.get(`/search.csv?${query}`).expect(404)
  })

  it('is for coordinators and administrators of the partnership', async () => {
    const allowed: Role[] = ['coordinator', 'partnership administrator']
    for (const role of ['member', 'editor', 'organisation administrator', ...allowed] as const) {
      const theirs = await site.signInAs(await aPerson(site, { roles: ['member', role] }))
      const may = allowed.includes(role as Role)
      await theirs.get('/search.csv?q=vmware&type=person').expect(may ? 200 : 403)
      expect(csvLink((await theirs.get('/search?q=vmware&type=person')).text) !== undefined, role).to.equal(may)
    }
  })

  it('is refused while the engine is away, since simple results would be taken for all', async () => {
    site.engine.switchOff()
    await browser.get('/search.csv?q=vmware&type=person').expect(503)
    expect(csvLink((await browser.get('/search?q=vmware&type=person')).text)).to.equal(undefined)
    site.engine.switchOn()
  })
})

describe('a table of very many results', () => {
  it('stops at 1,000 and says so, on the page and in its name', async () => {
    const site = await startTestSite()
    try {
      const author = await aPerson(site, { roles: ['member', 'partnership administrator'] })
      await Promise.all(Array.from({ length: 1_001 }, (_, number) => anArticle(site, author, { title: `Gateway ${number}` })))
      await site.services.indexer.settled()
      const browser = await site.signInAs(author)
      expect((await browser.get('/search?q=gateway&type=article')).text).to.include('As CSV (first 1,000)')
      const { text, headers } = await browser.get('/search.csv?q=gateway&type=article').expect(200)
      expect(text.split('\r\n')).to.have.length(1_002)
      expect(headers['content-disposition']).to.include('articles-first-1000-of-1001.csv')
    } finally {
      await site.close()
    }
  })
})
