import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Team } from '../../../server/organisations/teamModel.ts'
import { localDate } from '../../../server/people/absence.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { dayAfter } from '../../../server/pooling/loans/loanDays.ts'
import { anOffer, anOrganisation, aPerson, aSkill, aTeam } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, headingOf, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }

describe('offers', () => {
  const clock = new MovableClock()
  let site: TestSite
  let own: Organisation
  let team: Team
  let member: Account
  let browser: Browser
  let elsewhere: Browser

  before(async () => {
    clock.stop()
    site = await startTestSite({ clock })
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    team = await aTeam(site, own, { name: 'Desk', slug: 'desk' })
    await aSkill(site, { name: 'VMware' })
    member = await aPerson(site, { name: 'Mo Member', organisation: own, teamIds: [team._id], phone: '01606 555 0101' })
    browser = await site.signInAs(member)
    elsewhere = await site.signInAs(await aPerson(site, { name: 'Ella Elsewhere' }))
  })
  after(() => site.close())

  const form = {
    title: 'A look at your hosts',
    kind: 'review',
    text: 'Bring **figures**.',
    skills: 'vmware',
    owner: 'me',
    visibility: 'partnership',
  }
  const send = (path: string, fields: object, by = browser) => by.post(path).type('form').send(fields)
  const listed = async (path = '/offers', by = elsewhere) => linksOn((await by.get(path).expect(200)).text)

  it('are made, found in search, listed by kind and changed', async () => {
    const until = dayAfter(localDate(clock.now()), 10)
    const made = await send('/offers', { ...form, limit: '2 hours a month', until }).expect(303)
    expect(made.headers.location).to.equal('/offers/a-look-at-your-hosts')
    const { text } = await elsewhere.get('/offers/a-look-at-your-hosts').expect(200)
    expect(headingOf(text)).to.equal('A look at your hosts')
    for (const said of ['<strong>figures</strong>', '2 hours a month', 'Mo Member', '01606 555 0101', '/skills/vmware'])
      expect(text).to.include(said)
    const request = linksOn(text).find(href => href.startsWith('/requests/new?text='))
    expect((await elsewhere.get(request ?? '').expect(200)).text).to.include('About the offer “A look at your hosts”')
    await site.services.indexer.settled()
    for (const query of ['q=hosts', 'q=hosts&type=offer', 'skill=vmware&type=offer'])
      expect(await listed(`/search?${query}`), query).to.include('/offers/a-look-at-your-hosts')
    expect(await listed('/offers?kind=review')).to.include('/offers/a-look-at-your-hosts')
    expect(await listed('/offers?kind=licence')).to.not.include('/offers/a-look-at-your-hosts')
    const typed = formOn((await browser.get('/offers/a-look-at-your-hosts/edit').expect(200)).text, '/offers/a-look-at-your-hosts')
    expect(typed).to.include({ title: 'A look at your hosts', skills: 'VMware', until, revision: '1', owner: 'me' })
    await send('/offers/a-look-at-your-hosts', { ...typed, limit: '', owner: 'desk' }).expect(303)
    expect((await elsewhere.get('/offers/a-look-at-your-hosts')).text)
      .to.include('/teams/desk')
      .and.not.include('2 hours')
    const stale = await send('/offers/a-look-at-your-hosts', typed).expect(409)
    expect(problemsOn(stale.text).form).to.match(/Somebody saved this offer/)
  })

  it('say what is wrong beside the field', async () => {
    const problems = async (given: object) => problemsOn((await send('/offers', { ...form, ...given }).expect(422)).text)
    expect(await problems({ title: '', kind: '' })).to.have.keys('title', 'kind')
    expect(await problems({ skills: 'Juggling' })).to.have.keys('skills')
    expect(await problems({ until: '2001-01-01' })).to.have.keys('until')
    expect(await problems({ until: 'soon' })).to.have.keys('until')
    expect(await problems({ visibility: 'team' })).to.have.keys('visibility')
    expect(await problems({ visibility: 'chosen' })).to.have.keys('chosenOrganisations')
    expect(await problems({ owner: 'some-team' })).to.have.keys('owner')
  })

  it('are changed and ended by whoever makes them alone, and can be followed', async () => {
    const offer = await anOffer(site, member, { title: 'Five spare licences', slug: 'licences', kind: 'licence' })
    await elsewhere.get('/offers/licences/edit').expect(403)
    await send('/offers/licences/end', {}, elsewhere).expect(403)
    await send('/following/offer/licences', {}, elsewhere).expect(303)
    expect((await elsewhere.get('/following').expect(200)).text).to.include('Five spare licences')
    await Promise.all([send('/offers/licences/end', {}).expect(303), send('/offers/licences/end', {}).expect(303)])
    expect(await listed()).to.not.include('/offers/licences')
    const { text } = await elsewhere.get('/offers/licences').expect(200)
    expect(load(text)('main').text()).to.include('Not offered any more').and.not.include('Ask for this')
    expect((await site.services.offers.readable({ tokens: ['partnership'] }, 'licences')).revision).to.equal(offer.revision + 1)
  })

  it('end after their last day, and when whoever makes them leaves', async () => {
    const leaver = await aPerson(site, { name: 'Lee Leaver', organisation: own })
    await anOffer(site, leaver, { title: 'Hours of mine', slug: 'hours' })
    await anOffer(site, member, { title: 'A short one', slug: 'short', until: localDate(clock.now()) })
    expect(await listed()).to.include.members(['/offers/hours', '/offers/short'])
    clock.move(86_400_000)
    await site.services.leavers.leave(leaver)
    expect(await listed())
      .to.not.include('/offers/short')
      .and.not.include('/offers/hours')
    expect((await elsewhere.get('/offers/short')).text).to.include('Not offered any more')
    expect((await elsewhere.get('/offers/hours')).text).to.include('Not offered any more')
  })
})
