import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { HelpRequest } from '../../../server/pooling/requests/requestModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anOrganisation, aPerson, aRequest, aSkill, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'
import { together } from '../../support/together.ts'

type Account = Person & { email: string }

describe('matching of requests with people', () => {
  const clock = new MovableClock()
  let site: TestSite
  let asker: Account
  let ofAsker: Browser
  let organisation: Organisation
  let skill: Skill
  let other: Skill
  let request: HelpRequest

  before(async () => {
    clock.stop()
    site = await startTestSite({ clock })
    organisation = await anOrganisation(site)
    asker = await aPerson(site, { name: 'Asa Asker' })
    ofAsker = await site.signInAs(asker)
  })
  beforeEach(async () => {
    skill = await aSkill(site, { name: `Quince ${newId().slice(-6)}` })
    other = await aSkill(site, { name: `Medlar ${newId().slice(-6)}` })
    request = await aRequest(site, asker, { title: 'Who prunes?', skills: [{ skillId: skill._id }, { skillId: other._id }] })
  })
  after(() => site.close())

  const having = (name: string, given: Partial<Person> = {}, skills: readonly Skill[] = [skill]) =>
    aPerson(site, {
      name,
      organisation,
      skills: skills.map(({ _id }) => ({ skillId: _id, level: 'working' as const, willing: [] })),
      ...given,
    })
  const now = async () =>
    (await site.services.models.requests.findById(request._id).asSystem('a test looks').lean<HelpRequest>()) as HelpRequest
  const page = () => `/requests/${request.slug}`
  const invite = (people: readonly Person[], from = ofAsker) =>
    from
      .post(`${page()}/invite`)
      .type('form')
      .send({ people: people.map(({ slug }) => slug) })
  async function offered(): Promise<string[]> {
    await site.services.indexer.settled()
    const $ = load((await ofAsker.get(page()).expect(200)).text)
    return $('input[name=people]')
      .toArray()
      .map(({ attribs }) => attribs.value ?? '')
  }

  it('offers those who can help, most of the asked skills first, with the reasons, and nobody who is away, busy, unwilling or may not read it', async () => {
    const one = await having('One Skill')
    const both = await having('Both Skills', {}, [skill, other])
    const today = clock.now().toISOString().slice(0, 10)
    await having('Away Now', { absence: { from: '2020-01-01', until: `${Number(today.slice(0, 4)) + 1}-01-01` } })
    await having('Not Willing', { requestLimit: 0 })
    const busy = await having('Busy Now', { requestLimit: 1 })
    await aRequest(site, one, { state: 'matched', helperId: busy._id })
    expect(await offered()).to.deep.equal([both.slug, one.slug])
    const { text } = await ofAsker.get(page())
    expect(load(text)('.govuk-checkboxes__hint').first().text()).to.include('2 of 2').and.include(skill.name)
    expect((await (await site.signInAs(one)).get(page())).text, 'only the asker').to.not.include('Who may be able to help')
    request = await aRequest(site, asker, { skills: request.skills, visibility: 'organisation' })
    expect(await offered()).to.deep.equal([])
  })

  it('invites up to five, each told once; more, oneself and who cannot be asked are refused with the reason', async () => {
    const people = await Promise.all([1, 2, 3, 4, 5, 6].map(number => having(`Person ${number}`)))
    expect(problemsOn((await invite(people).expect(422)).text))
      .to.have.property('people')
      .that.includes('At most 5')
    expect(problemsOn((await invite([asker]).expect(422)).text)).to.deep.equal({ people: 'Nobody is invited to a request of their own' })
    expect(problemsOn((await invite([]).expect(422)).text)).to.deep.equal({ people: 'Choose at least one person' })
    const lazy = await having('Lou Lazy', { requestLimit: 0 })
    expect(problemsOn((await invite([lazy]).expect(422)).text)).to.deep.equal({ people: 'Lou Lazy does not wish to be asked' })
    const [first] = people as [Account]
    await invite(people.slice(0, 4)).expect(303)
    expect(problemsOn((await invite([first]).expect(422)).text)).to.deep.equal({ people: 'Person 1 was invited already' })
    const ofFirst = await site.signInAs(first)
    expect((await ofFirst.get('/notifications')).text).to.include('You are invited to help with “Who prunes?”')
    expect((await ofFirst.get('/')).text)
      .to.include('You are invited to help: Who prunes?')
      .and.include(page())
    await invite([people[5] as Person], ofFirst).expect(403)
    // By their slugs only invitations ask for people; what pages ask for in the background does not count.
    const apart = together(site.services.people, 'named', 2, asked => 'slugs' in (asked as object))
    const twice = await Promise.all([invite([people[4] as Person]), invite([people[5] as Person])]).finally(apart)
    expect(twice.map(({ status }) => status).sort()).to.deep.equal([303, 409])
    expect((await now()).invitations).to.have.length(5)
  })

  it('says why somebody is not invited also when nobody is offered any more', async () => {
    const unwilling = await having('Una Unwilling', { requestLimit: 0 })
    expect(await offered()).to.deep.equal([])
    expect(problemsOn((await invite([unwilling]).expect(422)).text)).to.deep.equal({ people: 'Una Unwilling does not wish to be asked' })
  })

  it('is accepted by one of those invited, and declined by a click; whoever comes second hears that it is over', async () => {
    const [first, second, third] = (await Promise.all([1, 2, 3].map(number => having(`Invited ${number}`)))) as [Account, Account, Account]
    await invite([first, second, third]).expect(303)
    const [ofFirst, ofSecond, ofThird] = await Promise.all([first, second, third].map(person => site.signInAs(person)))
    await ofAsker.post(`${page()}/accept`).expect(403)
    await (ofFirst as Browser).post(`${page()}/decline`).expect(303)
    await (ofFirst as Browser).post(`${page()}/decline`).expect(303)
    await (ofFirst as Browser).post(`${page()}/accept`).expect(403)
    const both = await Promise.all([(ofSecond as Browser).post(`${page()}/accept`), (ofThird as Browser).post(`${page()}/accept`)])
    expect(both.map(({ status }) => status).sort()).to.deep.equal([303, 409])
    const { state, helperId, invitations, changes } = await now()
    expect(state).to.equal('matched')
    expect([second._id, third._id]).to.include(helperId)
    expect(invitations.map(invitation => invitation.state).sort()).to.deep.equal(['accepted', 'closed', 'declined'])
    expect(changes.at(-1)).to.include({ step: 'accept', byId: helperId })
    const ofHelper = helperId === second._id ? ofSecond : ofThird
    await (ofHelper as Browser).post(`${page()}/start`).expect(303)
    await (ofHelper as Browser).post(`${page()}/step-back`).expect(303)
    expect(await now())
      .to.include({ state: 'asked' })
      .and.not.have.property('helperId')
  })

  it('asks for the asker: the best three, and the next when one declines or stays silent for 48 hours, once each', async () => {
    const people = await Promise.all([1, 2, 3, 4, 5].map(number => having(`Best ${number}`)))
    await site.services.indexer.settled()
    await ofAsker.post(`${page()}/ask-for-me`).expect(303)
    await ofAsker.post(`${page()}/ask-for-me`).expect(303)
    const waiting = async () => (await now()).invitations.filter(({ state }) => state === 'invited').map(({ personId }) => personId)
    const three = await waiting()
    expect(three).to.have.length(3)
    const decliner = people.find(({ _id }) => _id === three[0]) as Account
    await (await site.signInAs(decliner)).post(`${page()}/decline`).expect(303)
    expect(await waiting())
      .to.have.length(3)
      .and.not.include(decliner._id)
    const { requestInvitations } = site.services
    expect(await requestInvitations.passOverSilent()).to.equal(0)
    clock.move(48 * 3_600_000)
    const passed = await Promise.all([1, 2, 3, 4].map(() => requestInvitations.passOverSilent()))
    expect(passed.reduce((sum, count) => sum + count)).to.equal(1)
    expect(await waiting()).to.have.length(1)
    expect((await now()).invitations.map(({ personId }) => personId)).to.have.members(people.map(({ _id }) => _id))
    expect((await now()).invitations.filter(({ state }) => state === 'silent')).to.have.length(3)
  })

  it('shows people what fits them: on the list, those that name most of their skills first, and on the home page', async () => {
    const able = await having('Able Both', {}, [skill, other])
    const single = await aRequest(site, asker, { title: 'One of two', skills: [{ skillId: other._id }] })
    await aRequest(site, asker, { title: 'For experts', skills: [{ skillId: skill._id, level: 'expert' }] })
    await aRequest(site, able, { title: 'Own', skills: [{ skillId: skill._id }] })
    const browser = await site.signInAs(able)
    const links = linksOn((await browser.get('/requests?show=fit').expect(200)).text).filter(href => /^\/requests\/(?!new)/.test(href))
    expect(links).to.deep.equal([page(), `/requests/${single.slug}`])
    expect(load((await browser.get('/')).text)('a[href="/requests?show=fit"]').text()).to.equal('Open requests that fit you')
  })

  it('lets people say on their profile how many they take', async () => {
    const person = await having('Lim Ited')
    const browser = await site.signInAs(person)
    const form = `/people/${person.slug}/edit/requests`
    expect(problemsOn((await browser.post(form).type('form').send({ requestLimit: '21' }).expect(422)).text)).to.have.keys('requestLimit')
    await browser
      .post(form)
      .type('form')
      .send({ ...formOn((await browser.get(form)).text, form), requestLimit: '0' })
      .expect(303)
    expect((await site.services.matching.bestFor(request, asReader(asker), 5)).map(({ person: { _id } }) => _id)).to.not.include(person._id)
    expect((await browser.get(`/people/${person.slug}/edit`)).text).to.include('Does not wish to be asked')
  })
})
