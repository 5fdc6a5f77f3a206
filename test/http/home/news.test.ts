import { expect } from 'chai'
import { type CheerioAPI, load } from 'cheerio'
import { roles } from '../../../server/access/roles.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill, asReader, aTeam } from '../../support/builders.ts'
import { commandsOf } from '../../support/databaseReads.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

const dayMs = 24 * 60 * 60 * 1000
type Account = Person & { email: string }

describe('what is new for somebody', () => {
  let site: TestSite
  let own: Organisation
  let author: Person
  let reader: Account

  before(async () => {
    site = await startTestSite()
  })
  beforeEach(async () => {
    own = await anOrganisation(site, { name: 'Ownham' })
    author = await aPerson(site)
    reader = await aPerson(site, { organisation: own })
  })
  after(() => site.close())

  const follow = (kind: string, { _id: id }: { _id: string }) => site.services.following.follow(asReader(reader), kind, { id })
  const minute = (at: number) => new Date(Date.UTC(2021, 0, 1, 0, at))
  const home = async () => load((await (await site.signInAs(reader)).get('/').expect(200)).text)
  const section = ($: CheerioAPI, heading: string) => $(`section:has(h2:contains("${heading}"))`)
  const newFor = ($: CheerioAPI) =>
    section($, 'New for you')
      .find('.row--article')
      .toArray()
      .map(row => [$(row).find('a').attr('href'), $(row).find('.row__facts').text().trim().split(' · ').at(-1)])

  it('says why each is there: the people, skills, teams, kinds and organisations they follow, and their own organisation', async () => {
    const team = await aTeam(site, own, { name: 'Hosting' })
    const [elsewhere, skill] = [await anOrganisation(site, { name: 'Elsewhere' }), await aSkill(site, { name: 'Clouds' })]
    const names = ['by-person', 'with-skill', 'of-team', 'of-organisation', 'of-own', 'of-several', 'of-nothing', 'of-kind']
    const slugs = names.map(name => `${name}-${own._id}`)
    const colleague = await aPerson(site, { organisation: own })
    await anArticle(site, author, { slug: slugs[0] as string, updatedAt: minute(7) })
    const others = await aPerson(site)
    await anArticle(site, others, { slug: slugs[1] as string, updatedAt: minute(6), skillIds: [skill._id] })
    await anArticle(site, others, { slug: slugs[2] as string, updatedAt: minute(5), owner: { teamId: team._id } })
    await anArticle(site, others, { slug: slugs[3] as string, updatedAt: minute(4), organisationId: elsewhere._id })
    await anArticle(site, colleague, { slug: slugs[4] as string, updatedAt: minute(3) })
    const several = { organisationId: elsewhere._id, skillIds: [skill._id], updatedAt: minute(8) }
    await anArticle(site, author, { ...several, slug: slugs[5] as string })
    await anArticle(site, others, { slug: slugs[6] as string, updatedAt: minute(9) })
    await anArticle(site, others, { slug: slugs[7] as string, updatedAt: new Date(minute(3).getTime() + 30_000), kind: 'lesson-learned' })
    const subjects = { person: author, skill, team, kind: { _id: 'lesson-learned' }, organisation: elsewhere }
    for (const [kind, subject] of Object.entries(subjects)) await follow(kind, subject)

    const $ = await home()
    expect(newFor($)).to.deep.equal([
      [`/knowledge/${slugs[5]}`, `because you follow ${author.name}, Clouds and 1 more`],
      [`/knowledge/${slugs[0]}`, `because you follow ${author.name}`],
      [`/knowledge/${slugs[1]}`, 'because you follow Clouds'],
      [`/knowledge/${slugs[2]}`, 'because you follow Hosting'],
      [`/knowledge/${slugs[3]}`, 'because you follow Elsewhere'],
    ])
    const rest = section($, 'Other new knowledge')
      .find('.row__title a')
      .toArray()
      .map(link => link.attribs.href)
    expect(rest).to.include(`/knowledge/${slugs[6]}`).and.include(`/knowledge/${slugs[4]}`)
    for (const slug of slugs.slice(0, 4)) expect(rest).to.not.include(`/knowledge/${slug}`)
    const all = load((await (await site.signInAs(reader)).get('/news').expect(200)).text)
    expect(all('.row__title a').last().attr('href')).to.equal(`/knowledge/${slugs[4]}`)
    expect(all('.row__facts').last().text()).to.include('your organisation')
    expect(all('h2').text()).to.include('7 articles')
    expect(all(`.row:has(a[href="/knowledge/${slugs[7]}"]) .row__facts`).text()).to.include('because you follow Lessons learned')
  })

  it('goes by when it was published, not by changes since, and leaves out drafts and what they wrote themselves', async () => {
    const colleague = await aPerson(site, { organisation: own })
    await anArticle(site, colleague, { slug: `old-${own._id}`, publishedAt: minute(1), updatedAt: minute(50) })
    await anArticle(site, colleague, { slug: `new-${own._id}`, publishedAt: minute(2), updatedAt: minute(2) })
    await anArticle(site, reader, { slug: `mine-${own._id}` })
    await anArticle(site, colleague, {
      slug: `draft-${own._id}`,
      state: 'draft',
      authorIds: [colleague._id],
      readers: [`person:${reader._id}`],
    })
    expect(newFor(await home()).map(([href]) => href)).to.deep.equal([`/knowledge/new-${own._id}`, `/knowledge/old-${own._id}`])
  })

  it('comes in pages, and says so beyond the last', async () => {
    for (let at = 0; at < 22; at++) await anArticle(site, await aPerson(site, { organisation: own }), { updatedAt: minute(at) })
    const browser = await site.signInAs(reader)
    expect(load((await browser.get('/news').expect(200)).text)('.row--article')).to.have.length(20)
    expect(load((await browser.get('/news?page=2').expect(200)).text)('.row--article')).to.have.length(2)
    for (const page of ['3', '-1', 'x', '1e9', '99999999999'])
      expect((await browser.get(`/news?page=${page}`).expect(200)).text).to.include('New for you')
    expect((await browser.get('/news?page=3')).text).to.include('There is no such page')
  })

  for (const role of roles)
    it(`stands on the home page of a ${role}`, async () => {
      await anArticle(site, await aPerson(site, { organisation: own }), { slug: `for-${own._id}` })
      reader = await aPerson(site, { organisation: own, roles: ['member', role] })
      expect(newFor(await home())).to.deep.equal([[`/knowledge/for-${own._id}`, 'your organisation']])
    })

  it('says so when nothing was published in what they follow', async () => {
    await follow('skill', await aSkill(site, { name: `Silence ${own._id}` }))
    const $ = await home()
    expect(section($, 'New for you').text()).to.include('Nothing has been published').and.include('You follow 1 thing')
    expect((await (await site.signInAs(reader)).get('/news')).text).to.include('Nothing yet')
  })

  it('never holds what they may not read, whatever they follow, in counts neither', async () => {
    const skill = await aSkill(site, { name: `Secret skill ${own._id.slice(-6)}` })
    const colleague = await aPerson(site, { organisation: own })
    const team = await aTeam(site, await anOrganisation(site))
    const given = { skillIds: [skill._id], owner: { teamId: team._id } }
    await anArticle(site, author, { ...given, slug: `team-only-${own._id}`, visibility: 'team' })
    await anArticle(site, author, { ...given, slug: `draft-only-${own._id}`, state: 'draft' })
    await anArticle(site, author, { ...given, slug: `chosen-only-${own._id}`, visibility: 'chosen' })
    await anArticle(site, colleague, { slug: `colleagues-draft-${own._id}`, state: 'draft' })
    await site.services.indexer.settled()
    const subjects = { person: author, skill, team, kind: { _id: 'how-to' }, organisation: { _id: author.organisationId } }
    for (const [kind, subject] of Object.entries(subjects)) await follow(kind, subject)
    const browser = await site.signInAs(reader)
    for (const path of ['/', '/news', '/following']) expect((await browser.get(path).expect(200)).text, path).to.not.include(`-${own._id}"`)
    expect(await site.services.newestArticles.countNews(asReader(reader), interests(skill._id))).to.equal(0)
    expect((await home())('.tally').text()).to.not.include(skill.name)

    const seesAll = { ...asReader(reader), tokens: [`person:${author._id}`, `team:${team._id}`] }
    expect(await site.services.newestArticles.countNews(seesAll, interests(skill._id)), 'the twin that may read').to.equal(2)
  })
  const interests = (skillId: string) => ({ personIds: [], skillIds: [skillId], teamIds: [], kinds: [], organisationIds: [own._id] })
})

describe('skills in demand', () => {
  const clock = new MovableClock()
  let site: TestSite

  before(async () => {
    site = await startTestSite({ clock })
  })
  after(() => site.close())

  it('are those that articles of the last 90 days name, as far as they are shared, with how many declare them', async () => {
    const own = await anOrganisation(site)
    const [wanted, local, hidden, once, old] = await Promise.all(
      ['Wanted', 'Local', 'Hidden', 'Once', 'Old'].map(name => aSkill(site, { name })),
    )
    const ids = (...skills: ({ _id: string } | undefined)[]) => skills.map(skill => skill?._id ?? '')
    const author = await aPerson(site, { organisation: own })
    const team = await aTeam(site, own)
    await aPerson(site, { skills: [{ skillId: wanted?._id ?? '', level: 'expert', willing: [] }] })
    for (let count = 0; count < 2; count++) {
      await anArticle(site, author, { skillIds: ids(wanted, local), visibility: 'organisation' })
      await anArticle(site, author, { skillIds: ids(wanted), updatedAt: new Date(clock.now().getTime() - 80 * dayMs) })
      await anArticle(site, author, { skillIds: ids(hidden), state: 'draft' })
      await anArticle(site, author, { skillIds: ids(hidden), visibility: 'team', owner: { teamId: team._id } })
      await anArticle(site, author, { skillIds: ids(old), updatedAt: new Date(clock.now().getTime() - 100 * dayMs) })
    }
    await anArticle(site, author, { skillIds: ids(once) })
    await site.services.indexer.settled()

    const shown = async (person: { email: string }) => {
      const $ = load((await (await site.signInAs(person)).get('/').expect(200)).text)
      return $('section:contains("Skills in demand") .tally li')
        .toArray()
        .map(row => $(row).text().trim().replace(/\s+/g, ' '))
    }
    expect(await shown(author)).to.deep.equal(['Wanted 4 articles · 1 person', 'Local 2 articles · nobody yet'])
    expect(await shown(await aPerson(site))).to.deep.equal(['Wanted 2 articles · 1 person'])
  })
})

describe('the home page asks its database', () => {
  it('as often with much to show as with little', async () => {
    const site = await startTestSite()
    try {
      const own = await anOrganisation(site)
      const reader = await aPerson(site, { organisation: own })
      const browser = await site.signInAs(reader)
      const commands = commandsOf(site.services)
      // Nothing else asks meanwhile: the indexer works only when it is waited for.
      await site.services.indexer.stop()
      const reads = async () => {
        await site.services.indexer.settled()
        await site.services.knownSettings.read() // which every page does that comes two seconds later
        commands.length = 0
        await browser.get('/').expect(200)
        return commands.flat().length
      }
      await anArticle(site, await aPerson(site))
      await fill(site, own, reader, 2)
      const few = await reads()
      await fill(site, own, reader, 40)
      expect(await reads()).to.equal(few)
      expect(few).to.be.within(10, 30)
    } finally {
      await site.close()
    }
  })
})

/** Of each that the home page shows, so many more. */
async function fill(site: TestSite, own: Organisation, reader: Person, count: number): Promise<void> {
  const follow = (kind: string, { _id: id }: { _id: string }) => site.services.following.follow(asReader(reader), kind, { id })
  for (let at = 0; at < count; at++) {
    const skill = await aSkill(site)
    const author = await aPerson(site, { organisation: own, skills: [{ skillId: skill._id, level: 'expert', willing: [] }] })
    await anArticle(site, author, { skillIds: [skill._id] })
    await anArticle(site, author, { skillIds: [skill._id] })
    await anArticle(site, reader, { state: 'draft' })
    for (const [kind, subject] of Object.entries({
      skill,
      person: author,
      team: await aTeam(site, own),
      organisation: await anOrganisation(site),
    }))
      await follow(kind, subject)
  }
}
