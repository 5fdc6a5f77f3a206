import { expect } from 'chai'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { DeclaredSkill, Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { SearchResults } from '../../support/searchResults.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const declares = (skill: Skill, level: DeclaredSkill['level']): DeclaredSkill => ({ skillId: skill._id, level, willing: [] })

describe('the search page', () => {
  let site: TestSite
  let browser: Browser
  let cheshire: Organisation
  let wirral: Organisation
  let vmware: Skill
  let oracle: Skill
  let udo: Person

  before(async () => {
    site = await startTestSite()
    cheshire = await anOrganisation(site, { name: 'Cheshire Council', slug: 'cheshire' })
    wirral = await anOrganisation(site, { name: 'Wirral Council', slug: 'wirral' })
    vmware = await aSkill(site, { name: 'VMware', aliases: ['vSphere', 'ESX hosts'] })
    oracle = await aSkill(site, { name: 'Oracle databases' })
    udo = await aPerson(site, { name: 'Udo Pooch', slug: 'udo-pooch', organisation: cheshire, skills: [declares(vmware, 'expert')] })
    await aPerson(site, { name: 'Ann Lark', organisation: wirral, skills: [declares(vmware, 'working'), declares(oracle, 'working')] })
    const ben = await aPerson(site, { name: 'Ben Finch', organisation: wirral })
    await aPerson(site, { name: 'Lou Left', organisation: wirral, skills: [declares(vmware, 'expert')], status: 'left', readers: [] })
    const about = { skillIds: [vmware._id] }
    await anArticle(site, udo, {
      ...about,
      title: 'Moving VMware hosts',
      text: 'Disaster recovery between two data centres.',
      updatedAt: new Date('2020-05-01'),
    })
    await anArticle(site, udo, {
      ...about,
      title: 'VMware licences',
      text: 'Recovery after a disaster, by the supplier.',
      kind: 'supplier-recommendation',
      updatedAt: new Date('2021-05-01'),
    })
    await anArticle(site, ben, {
      ...about,
      title: 'Storage below VMware',
      text: 'Slow disks.',
      kind: 'lesson-learned',
      updatedAt: new Date('2022-05-31T22:59:00Z'),
    })
    const kinds = ['how-to', 'architecture', 'lesson-learned'] as const
    for (let number = 1; number <= 45; number++) {
      await anArticle(site, number % 2 ? udo : ben, {
        title: `Gateway ${number}`,
        text: 'Rules of the gateway.',
        kind: kinds[number % 3] ?? 'how-to',
      })
    }
    await site.services.indexer.settled()
    browser = await site.signInAs(ben as Person & { email: string })
  })
  after(() => site.close())

  async function results(address: string): Promise<SearchResults> {
    const { text } = await browser.get(address).expect(200)
    return new SearchResults(text)
  }
  const asked = (q: string, more = '') => results(`/search?q=${encodeURIComponent(q)}${more}`)
  const articles = async (q: string, more = '') => (await asked(q, `&type=article${more}`)).titles('article')
  const people = async (q: string, more = '') => (await asked(q, `&type=person${more}`)).titles('person')

  describe('for an article and the person who wrote it', () => {
    it('finds both, and says of the person why', async () => {
      const page = await asked('vmware')
      expect(page.titles('article')).to.include('Moving VMware hosts')
      expect(page.titles('person')[0]).to.equal('Udo Pooch')
      expect(page.reasons('Udo Pooch')).to.deep.equal(['Declared: VMware, expert', 'Shown: wrote 2 matching articles'])
      expect(page.reasons('Ben Finch')).to.deep.equal(['Shown: wrote 1 matching article'])
      expect(page.reasons('Ann Lark')).to.deep.equal(['Declared: VMware, working'])
    })

    it('leads from the reason to exactly those articles', async () => {
      const page = await results((await asked('vmware')).href('2 matching articles'))
      expect(page.titles('article')).to.have.members(['Moving VMware hosts', 'VMware licences'])
      expect(page.chips()).to.deep.equal(['author: Udo Pooch'])
    })

    it('marks in the article what was found', async () => {
      const { text } = await browser.get('/search?q=disks&type=article')
      expect(text).to.include('Slow <mark>disks</mark>')
    })

    it('counts how many of the asked skills somebody has, and puts that first', async () => {
      const page = await asked('vmware oracle databases', '&type=person')
      expect(page.titles('person').slice(0, 2)).to.deep.equal(['Ann Lark', 'Udo Pooch'])
      expect(page.reasons('Ann Lark')[0]).to.equal('Declared: 2 of 2: VMware, working; Oracle databases, working')
      expect(page.reasons('Udo Pooch')[0]).to.equal('Declared: 1 of 2: VMware, expert; not: Oracle databases')
    })
  })

  describe('without a type', () => {
    it('shows the best few of each group, people first, and how many there are', async () => {
      const page = await asked('gateway')
      expect(page.groups()).to.deep.equal(['person', 'article'])
      expect(page.titles('article')).to.have.length(5)
      const all = await results(page.href('All 45 articles'))
      expect(all.groups()).to.deep.equal(['article'])
      expect(all.titles('article')).to.have.length(20)
      expect(all.text('.section-heading__count')).to.equal('45')
    })

    it('offers "all" only when there are more', async () => {
      const page = await asked('vmware')
      expect(page.titles('article')).to.have.length(3)
      expect(() => page.href('All 3 articles')).to.throw('There is no link')
    })

    it('asks nothing when nothing is asked, and says what can be', async () => {
      const page = await results('/search')
      expect(page.groups()).to.deep.equal([])
      expect(page.$('main a[href^="/search?"]').length).to.be.greaterThan(0)
    })

    it('says in words that nothing was found', async () => {
      const page = await asked('xylophone')
      expect(page.text('.empty-state')).to.include('Nothing found for “xylophone”')
      expect(page.href('Look through all skills')).to.equal('/skills')
    })

    it('leads on from what was asked too narrowly', async () => {
      const filtered = await asked('gateway before:1999', '&type=article')
      expect((await results(filtered.href('Search without the filters'))).titles('article')).to.not.deep.equal([])
      const exact = await asked('"licences moving" -xylophone')
      expect((await results(exact.href('Search for these words in any order'))).titles('article')).to.not.deep.equal([])
    })
  })

  describe('in pages', () => {
    it('shows each result once', async () => {
      const pages = [await articles('gateway'), await articles('gateway', '&page=2'), await articles('gateway', '&page=3')]
      expect(pages.map(titles => titles.length)).to.deep.equal([20, 20, 5])
      expect(new Set(pages.flat()).size).to.equal(45)
    })

    it('leads on with the whole question', async () => {
      const page = await asked('rules gateway', '&type=article&organisation=cheshire&from=2020-01-01&sort=date')
      const next = page.$('.govuk-pagination__next a').attr('href') ?? ''
      const { searchParams } = new URL(next, 'http://skillpool.example')
      expect(Object.fromEntries(searchParams)).to.deep.equal({
        q: 'rules gateway',
        type: 'article',
        organisation: 'cheshire',
        from: '2020-01-01',
        sort: 'date',
        page: '2',
      })
    })

    it('says beyond the end that there is no such page, and leads to the last', async () => {
      for (const number of ['4', '77']) {
        const page = await asked('gateway', `&type=article&page=${number}`)
        expect(page.titles('article')).to.deep.equal([])
        expect(page.text('.empty-state')).to.include(`There is no page ${number}`)
        expect((await results(page.href('Go to the last page, 3'))).titles('article')).to.have.length(5)
        expect(page.$('.govuk-pagination__next a').length).to.equal(0)
        expect((await results(page.$('.govuk-pagination__prev a').attr('href') ?? '')).titles('article')).to.have.length(5)
      }
    })
  })

  describe('with filters', () => {
    it('counts what each would leave, without its own choice', async () => {
      const page = await asked('gateway', '&type=article')
      expect(page.facet('organisation')).to.deep.equal(['Cheshire Council 23', 'Wirral Council 22'])
      expect(page.facet('kind')).to.deep.equal(['Architecture 15', 'How-to 15', 'Lesson learned 15'])
      const narrowed = await results(page.filteredBy('organisation', 'cheshire'))
      expect(narrowed.text('.section-heading__count')).to.equal('23')
      expect(narrowed.facet('organisation')).to.deep.equal(['Cheshire Council 23', 'Wirral Council 22'])
      expect(narrowed.chips()).to.deep.equal(['organisation: Cheshire Council'])
    })

    it('keeps the question, and every filter chosen before, however it was chosen', async () => {
      let page = await asked('gateway', '&type=article&author=udo-pooch&from=2020-01-01&sort=date')
      page = await results(page.filteredBy('kind', 'architecture'))
      const narrowed = page.text('.section-heading__count')
      page = await results(page.filteredBy('organisation', 'cheshire'))
      expect(page.chips()).to.have.members([
        'author: Udo Pooch',
        'kind: Architecture',
        'organisation: Cheshire Council',
        'from 1 January 2020',
      ])
      expect(page.text('.section-heading__count')).to.equal(narrowed)
      expect(Number(narrowed)).to.be.within(1, 14)
      expect(page.$('[aria-current=true]').text()).to.equal('Newest')
    })

    it('keeps a choice that nothing fits', async () => {
      const nothing = await asked('vmware', '&type=article&kind=architecture')
      expect(nothing.titles('article')).to.deep.equal([])
      const page = await results(nothing.filteredBy('kind', 'how-to'))
      expect(page.chips()).to.have.members(['kind: Architecture', 'kind: How-to'])
      expect(page.titles('article')).to.deep.equal(['Moving VMware hosts'])
    })

    it('takes each off again', async () => {
      const page = await asked('gateway organisation:cheshire', '&type=article&kind=architecture')
      const without = async (label: string) => new Set((await results(page.href(`×Remove ${label}`))).chips())
      expect(await without('kind: Architecture')).to.deep.equal(new Set(['organisation: Cheshire Council']))
      expect(await without('organisation: Cheshire Council')).to.deep.equal(new Set(['kind: Architecture']))
    })

    it('understands fields that are typed', async () => {
      expect(await people('skill:"vmware" organisation:cheshire')).to.deep.equal(['Udo Pooch'])
      expect(await people('skill:vmware')).to.have.members(['Udo Pooch', 'Ann Lark'])
      expect(await articles('skill:"vmware" organisation:cheshire')).to.have.members(['Moving VMware hosts', 'VMware licences'])
      expect((await asked('skill:"vmware" organisation:cheshire')).chips()).to.have.members([
        'skill: VMware',
        'organisation: Cheshire Council',
      ])
    })

    it('knows a skill by its alias, as a word and as a field', async () => {
      expect((await people('vsphere')).slice(0, 2)).to.deep.equal(['Udo Pooch', 'Ann Lark'])
      expect(await articles('skill:vsphere')).to.have.length(3)
      expect(await people('skill:"ESX hosts"')).to.have.members(['Udo Pooch', 'Ann Lark'])
    })

    it('narrows by date, both days included', async () => {
      expect(await articles('vmware', '&from=2021-05-01')).to.have.members(['VMware licences', 'Storage below VMware'])
      expect(await articles('vmware', '&to=2021-05-01')).to.have.members(['Moving VMware hosts', 'VMware licences'])
      expect(await articles('vmware', '&from=2022-05-31&to=2022-05-31')).to.deep.equal(['Storage below VMware'])
      expect(await articles('', '&to=2020-12-31')).to.deep.equal(['Moving VMware hosts'])
    })

    it('orders by date when asked to', async () => {
      expect(await articles('vmware', '&sort=date')).to.deep.equal(['Storage below VMware', 'VMware licences', 'Moving VMware hosts'])
    })
  })

  describe('with words that mean more', () => {
    it('takes a phrase as one', async () => {
      expect(await articles('"disaster recovery"')).to.deep.equal(['Moving VMware hosts'])
      expect(await articles('disaster recovery')).to.have.members(['Moving VMware hosts', 'VMware licences'])
    })

    it('leaves out what has a hyphen before it', async () => {
      expect(await articles('vmware -licences')).to.have.members(['Moving VMware hosts', 'Storage below VMware'])
      expect(await articles('vmware -"data centres"')).to.have.members(['VMware licences', 'Storage below VMware'])
    })

    it('finds what somebody wrote by their name', async () => {
      const titles = await articles('vmware by Udo Pooch')
      expect(titles.slice(0, 2)).to.have.members(['Moving VMware hosts', 'VMware licences'])
      expect((await people('Udo Pooch'))[0]).to.equal('Udo Pooch')
      expect((await people('pooch'))[0]).to.equal('Udo Pooch')
    })

    it('does not care for accents, case and endings', async () => {
      expect(await articles('DISK')).to.deep.equal(['Storage below VMware'])
      expect((await people('Údo POOCH'))[0]).to.equal('Udo Pooch')
    })
  })

  describe('for people', () => {
    it('ranks a declared level above a lower one, and both above somebody who only wrote', async () => {
      expect(await people('vmware')).to.deep.equal(['Udo Pooch', 'Ann Lark', 'Ben Finch'])
    })

    it('ranks by what they wrote when nobody declared anything', async () => {
      expect(await people('disks')).to.deep.equal(['Ben Finch'])
      expect(await people('disaster')).to.deep.equal(['Udo Pooch'])
    })

    it('does not know those who left: not by name, not by skill, not in a facet', async () => {
      const page = await asked('skill:vmware', '&type=person')
      expect(page.facet('organisation')).to.deep.equal(['Cheshire Council 1', 'Wirral Council 1'])
      expect(await people('Lou Left')).to.deep.equal([])
      expect(await people('vmware')).not.to.include('Lou Left')
    })

    it('counts only what the reader may see', async () => {
      await anArticle(site, udo, { title: 'Secret disks', text: 'Disks of the vault.', state: 'draft' })
      await site.services.indexer.settled()
      expect(await people('disks')).to.deep.equal(['Ben Finch'])
      const own = new SearchResults((await (await site.signInAs(udo)).get('/search?q=disks&type=person')).text)
      expect(own.titles('person')).to.have.members(['Ben Finch', 'Udo Pooch'])
    })
  })
})
