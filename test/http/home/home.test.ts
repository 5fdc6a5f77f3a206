import { expect } from 'chai'
import { load } from 'cheerio'
import type { WaitingSource } from '../../../server/feature.ts'
import { anArticle, anOrganisation, aPerson, aSkill, aTeam } from '../../support/builders.ts'
import { linksOn } from '../../support/pageForm.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

describe('the home page', () => {
  let site: TestSite

  before(async () => {
    site = await startTestSite()
  })
  after(() => site.close())

  it('leads to the first run while there is no partnership, then greets visitors without a cookie', async () => {
    await site.visitor().get('/').expect(302).expect('Location', '/first-run')
    await site.services.models.settings.create({ _id: 'partnership', name: 'Mersey' })
    const page = await site.visitor().get('/').expect(200)
    expect(page.headers).to.not.have.property('set-cookie')
    expect(linksOn(page.text)).to.deep.equal(['/sign-in'])
    expect(page.text).to.include('Find who knows').and.include('How to get in')
  })

  it('tells administrators of people who left and still own something, and nobody else', async () => {
    const organisation = await anOrganisation(site)
    await anArticle(site, await aPerson(site, { organisation, status: 'left', readers: [] }), { state: 'draft' })
    const linked = async (asked: Parameters<typeof aPerson>[1]) =>
      linksOn((await (await site.signInAs(await aPerson(site, asked))).get('/').expect(200)).text).includes('/admin/handover')
    expect(await linked({ organisation, roles: ['organisation administrator'] })).to.equal(true)
    expect(await linked({ roles: ['partnership administrator'] })).to.equal(true)
    expect(await linked({ organisation, roles: ['editor'] })).to.equal(false)
    expect(await linked({ roles: ['organisation administrator'] })).to.equal(false)
  })

  it('says what to do while nothing is written and nobody declares a skill', async () => {
    const page = (await (await site.signInAs(await aPerson(site))).get('/').expect(200)).text
    expect(linksOn(page)).to.include('/knowledge/new')
    expect(page).to.include('Nothing is written down yet').and.include('Skills appear here')
  })

  it('shows the newest articles that the person may read, the newest first, and the most declared skills', async () => {
    const own = await anOrganisation(site)
    const author = await aPerson(site, { organisation: own })
    const team = await aTeam(site, own)
    const minute = (at: number) => new Date(Date.UTC(2020, 0, 1, 0, at))
    for (let at = 0; at < 11; at++) await anArticle(site, author, { slug: `at-${at}`, updatedAt: minute(at) })
    await anArticle(site, author, { slug: 'of-the-team', owner: { teamId: team._id }, visibility: 'team', updatedAt: minute(99) })
    await anArticle(site, author, { slug: 'of-the-author', state: 'draft', updatedAt: minute(98) })
    const [often, rarely] = [await aSkill(site, { name: 'Often' }), await aSkill(site, { name: 'Rarely' })]
    const declared = (...skills: { _id: string }[]) =>
      skills.map(({ _id: skillId }) => ({ skillId, level: 'expert' as const, willing: [] }))
    await aPerson(site, { skills: declared(often, rarely) })
    await aPerson(site, { skills: declared(often) })
    await site.services.indexer.settled()

    const stranger = (await (await site.signInAs(await aPerson(site))).get('/').expect(200)).text
    const articles = (page: string) => linksOn(page).filter(href => /^\/knowledge\/(at-|of-)/.test(href))
    const newest = Array.from({ length: 8 }, (_, at) => `/knowledge/at-${10 - at}`)
    expect(articles(stranger)).to.deep.equal(newest)
    const tally = load(stranger)('.tally li')
      .toArray()
      .map(item => load(item).text().trim().replace(/\s+/g, ' '))
    expect(tally).to.deep.equal(['Often 2 people', 'Rarely 1 person'])

    const theirs = (await (await site.signInAs(author)).get('/').expect(200)).text
    const waiting = load(theirs)('a:contains("Your draft")').toArray()
    expect(waiting.map(link => link.attribs.href)).to.deep.equal(['/knowledge/of-the-author'])
    expect(stranger).to.not.include('Your draft')
    const listed = articles(theirs).slice(waiting.length)
    expect(listed).to.deep.equal(['/knowledge/of-the-team', ...newest].slice(0, 8))
  })

  it('goes without what one feature cannot say, tells so, and shows what waits of the others', async () => {
    const person = await aPerson(site)
    await anArticle(site, person, { title: 'Begun', slug: 'begun', state: 'draft' })
    const sources = site.services.waiting as WaitingSource[]
    const browser = await site.signInAs(person)
    const shown = async () => load((await browser.get('/').expect(200)).text)('section:contains("Waiting for you")').text()
    expect(await shown())
      .to.include('Your draft: Begun')
      .and.not.include('Not all that waits')
    sources.push({ feature: 'counting', of: async () => [{ text: 'Things to sort', href: '/people', count: 1_200 }] })
    sources.push({ feature: 'broken', of: () => Promise.reject(new Error('planted')) })
    expect(await shown())
      .to.include('Your draft: Begun')
      .and.include('Things to sort')
      .and.include('1,200')
      .and.include('Not all that waits')
    expect(site.logged.filter(({ feature }) => feature === 'broken')).to.have.length(1)
    sources.splice(-2)
  })

  it('answers while the search engine is away, without the skills', async () => {
    const browser = await site.signInAs(await aPerson(site))
    site.engine.switchOff()
    const page = (await browser.get('/').expect(200)).text
    site.engine.switchOn()
    expect(linksOn(page)).to.include('/knowledge/at-10')
    expect(page).to.include('Skills appear here')
  })
})
