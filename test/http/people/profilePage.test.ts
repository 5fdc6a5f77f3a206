import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill, aTeam } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { linksOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('a profile says', () => {
  let site: TestSite
  let own: Organisation
  let ada: Person & { email: string }
  let skill: Skill
  let colleague: Browser
  let stranger: Browser

  before(async () => {
    site = await startTestSite({ clock: new MovableClock() })
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    colleague = await site.signInAs(await aPerson(site, { organisation: own }))
    stranger = await site.signInAs(await aPerson(site))
  })
  after(() => site.close())
  beforeEach(async () => {
    skill = await aSkill(site)
    ada = await aPerson(site, {
      name: 'Ada Lovelace',
      organisation: own,
      skills: [{ skillId: skill._id, level: 'expert', lastUsed: new Date('2009-11-01T00:00:00Z'), willing: ['lend'] }],
    })
  })

  const shown = async (by: Browser) => load((await by.get(`/people/${ada.slug}`).expect(200)).text)
  const wordsOf = (text: string) => text.replace(/\s+/g, ' ').trim()
  const skillRows = async (by: Browser) => {
    const $ = await shown(by)
    return $('.row--skill')
      .toArray()
      .map(row => wordsOf($(row).clone().find('form').remove().end().text()))
  }

  it('why somebody knows a skill: level, last used, and how many of the articles that the reader may see', async () => {
    await anArticle(site, ada, { skillIds: [skill._id] })
    await anArticle(site, ada, { skillIds: [skill._id], visibility: 'organisation' })
    await anArticle(site, ada, { skillIds: [skill._id], state: 'draft' })
    const said = `${skill.name} expert last used November 2009 · can be lent`
    expect(await skillRows(colleague)).to.deep.equal([`${said} Shown: wrote 2 articles about it`])
    expect(await skillRows(stranger)).to.deep.equal([`${said} Shown: wrote 1 article about it`])
    await site.services.indexer.settled()
    for (const [by, count] of [
      [colleague, 2],
      [stranger, 1],
    ] as const) {
      const href = linksOn((await shown(by)).html()).find(link => link.includes(`skill=${skill.slug}`)) ?? ''
      const found = load((await by.get(href).expect(200)).text)
      expect(found('.row--article')).to.have.length(count)
    }
  })

  it('nothing of articles that are hidden altogether', async () => {
    const other = await aSkill(site)
    await anArticle(site, ada, { skillIds: [skill._id, other._id], state: 'draft' })
    expect((await skillRows(stranger)).join()).to.not.include('wrote')
    expect((await shown(stranger))('main').text()).to.not.include(other.name)
  })

  it('what they wrote about without declaring it', async () => {
    const other = await aSkill(site)
    await anArticle(site, ada, { skillIds: [other._id] })
    const $ = await shown(stranger)
    expect(wordsOf($('.also').text())).to.equal(`Also wrote about ${other.name} (1)`)
    expect($('.also a').attr('href')).to.include(`skill=${other.slug}`)
  })

  it('how to reach them with one press, whatever is typed as a number', async () => {
    await site.services.people.change({ ...ada, id: ada._id, tokens: ['partnership'] }, ada.slug, {
      email: 'ada+desk?cc=x@example.org',
      phone: '+44 (0)151 555 0100 ext 12',
      workingPattern: 'Mondays',
    })
    const $ = await shown(stranger)
    const ways = $('.contact-way')
      .toArray()
      .map(way => [wordsOf($(way).text()), way.attribs.href])
    expect(ways).to.deep.equal([
      ['E-mail ada+desk?cc=x@example.org', 'mailto:ada%2Bdesk%3Fcc%3Dx@example.org'],
      ['Call +44 (0)151 555 0100 ext 12', 'tel:+441515550100;ext=12'],
    ])
    expect($('section[aria-labelledby=contact]').text()).to.include('Mondays')
  })

  it('how to reach them before all that they know, so that it is at hand on a phone', async () => {
    const headings = (await shown(stranger))('main .section-heading')
      .toArray()
      .map(heading => wordsOf(load(heading).text()))
    expect(headings.slice(0, 2)).to.deep.equal(['Contact', 'Skills'])
  })

  it('for whom they answer: organisations and teams that name them, and as what', async () => {
    const place = { contact: { personId: ada._id } }
    const nobody = { contact: { name: 'Service desk', email: 'desk@example.org' } }
    const council = await anOrganisation(site, { name: 'Answered Council', callOrder: [place] })
    await anOrganisation(site, { name: 'Left Council', status: 'left', callOrder: [place] })
    await anOrganisation(site, { name: 'Other Council', callOrder: [nobody] })
    const team = await aTeam(site, own, { name: 'Answered Team', callOrder: [nobody, { ...nobody, cover: { personId: ada._id } }] })
    const $ = await shown(stranger)
    const places = $('#answers')
      .closest('.section-heading')
      .next()
      .find('li')
      .toArray()
      .map(item => [wordsOf($(item).text()), $(item).find('a').attr('href')])
    expect(places).to.deep.equal([
      ['Answered Council the first point of contact', `/organisations/${council.slug}`],
      ['Answered Team cover for the first step of escalation', `/teams/${team.slug}`],
    ])
  })

  it('that they are away, until when, and how to reach whoever covers', async () => {
    const ben = await aPerson(site, { name: 'Ben Cole', phone: '01606 1' })
    const day = (days: number) => new Date(site.services.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10)
    const absence = { from: day(-2), until: day(5), coverId: ben._id, note: 'Ring Ben.' }
    await site.services.people.change({ ...ada, id: ada._id, tokens: ['partnership'] }, ada.slug, { absence })
    const $ = await shown(stranger)
    expect(wordsOf($('.badges').text())).to.equal('away can be lent')
    expect(wordsOf($('section[aria-labelledby=contact]').text()))
      .to.include('Away until')
      .and.include('Covered by Ben Cole, 01606 1.')
      .and.include('Ring Ben.')
    expect(linksOn($.html())).to.include.members([`/people/${ben.slug}`, 'tel:016061'])
    await site.services.people.suspend(ben)
    expect((await shown(stranger)).html()).to.not.include('Ben Cole')
  })

  it('nothing that invites to change it, to those who may not', async () => {
    const links = linksOn((await shown(stranger)).html())
    expect(links.filter(href => /\/(edit|skills|absence)(\/|$)/.test(href) && href.startsWith('/people'))).to.deep.equal([])
  })
})
