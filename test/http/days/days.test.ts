import { expect } from 'chai'
import { load } from 'cheerio'
import type { Day } from '../../../server/days/dayModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { aDay, anArticle, anOrganisation, aPerson, aSkill, asReader } from '../../support/builders.ts'
import { formOn, headingOf, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('partnership days', () => {
  let site: TestSite
  let own: Organisation
  let coordinator: Person & { email: string }
  let member: Person & { email: string }
  let planning: Browser
  let browser: Browser

  const now = new Date('2026-02-02T09:00:00Z')
  before(async () => {
    site = await startTestSite({ clock: { now: () => now } })
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    coordinator = await aPerson(site, { name: 'Cora Coordinator', organisation: own, roles: ['member', 'coordinator'] })
    member = await aPerson(site, { name: 'Mo Member', organisation: own })
    await anOrganisation(site, { name: 'Wirral', slug: 'wirral' })
    planning = await site.signInAs(coordinator)
    browser = await site.signInAs(member)
  })
  after(() => site.close())

  const post = (by: Browser, path: string, form: object = {}) => by.post(path).type('form').send(form)
  const kept = async (slug: string) => (await site.services.models.days.findOne({ slug }).asSystem('a test looks').lean<Day>()) as Day
  const told = async (person: Person) => load((await (await site.signInAs(person as never)).get('/notifications')).text)('main').text()
  const form = {
    ...{ title: 'Winter day', purpose: 'To **agree**.', date: '2026-02-20', start: '10:00', end: '15:30', venue: 'Town hall' },
    ...{ access: 'Lift at the back', map: 'https://maps.example/hall', call: '', hosts: '', capacity: '2', visibility: 'partnership' },
  }

  it('are planned by coordinators, as drafts that others do not see', async () => {
    await browser.get('/days/new').expect(403)
    await post(browser, '/days', form).expect(403)
    const { headers } = await post(planning, '/days', form).expect(303)
    expect(headers.location).to.equal('/days/winter-day-2026-02-20')
    expect(await kept('winter-day-2026-02-20')).to.deep.include({
      state: 'draft',
      startsAt: new Date('2026-02-20T10:00:00Z'),
      hostIds: [coordinator._id],
      capacity: 2,
    })
    await browser.get('/days/winter-day-2026-02-20').expect(404)
    const page = (await planning.get('/days/winter-day-2026-02-20').expect(200)).text
    expect(headingOf(page)).to.equal('Winter day')
    for (const words of ['<strong>agree</strong>', 'Town hall', 'Lift at the back', 'https://maps.example/hall', '20 February 2026'])
      expect(page).to.include(words)
    const typed = formOn((await planning.get('/days/winter-day-2026-02-20/edit').expect(200)).text, '/days/winter-day-2026-02-20')
    expect(typed).to.include({ ...form, hosts: 'Cora Coordinator', revision: '1' })
  })

  it('say what is wrong beside the field', async () => {
    const problems = async (wrong: object) => problemsOn((await post(planning, '/days', { ...form, ...wrong }).expect(422)).text)
    expect(await problems({ title: '', capacity: '0', map: 'javascript:alert(1)' })).to.have.keys('title', 'capacity', 'map')
    expect((await problems({ date: '2026-03-29', start: '01:30' })).start).to.include('01:30 does not come on 29 March 2026')
    expect((await problems({ date: '2026-01-30' })).date).to.include('This date is over')
    expect((await problems({ date: '2026-02-30' })).date).to.include('Enter the date')
    expect((await problems({ end: '10:00' })).end).to.include('after the beginning')
    expect((await problems({ start: '25:00' })).start).to.include('Enter a time')
    expect((await problems({ hosts: 'Nobody Known' })).hosts).to.include('no “Nobody Known”')
    expect((await problems({ venue: '' })).venue).to.include('name of the venue')
    expect((await problems({ visibility: 'chosen' })).chosenOrganisations).to.include('at least one')
  })

  it('are at the times of the clocks, in summer too', async () => {
    const { headers } = await post(planning, '/days', { ...form, title: 'Summer day', date: '2026-10-25', start: '01:30', end: '9:15' })
    expect(await kept(String(headers.location).slice(6))).to.deep.include({
      startsAt: new Date('2026-10-25T00:30:00Z'),
      endsAt: new Date('2026-10-25T09:15:00Z'),
      end: '09:15',
    })
  })

  it('have sessions in tracks, inside the day, and nobody is in two rooms at once', async () => {
    const skill = await aSkill(site, { name: 'Networking' })
    await anArticle(site, member, { title: 'Read me', slug: 'read-me' })
    const sessions = '/days/winter-day-2026-02-20/sessions'
    const session = { title: 'Sharing networks', start: '10:00', end: '11:00', track: 'Hall', speakers: 'Mo Member', skills: 'networking' }
    await post(planning, sessions, { ...session, reading: '/knowledge/read-me', about: 'Rings of fibre' }).expect(303)
    const problems = async (wrong: object) => problemsOn((await post(planning, sessions, { ...session, ...wrong }).expect(422)).text)
    expect((await problems({ track: 'Cellar', start: '10:59', end: '12:00' })).speakers).to.include(
      '“Sharing networks” from 10:00 to 11:00',
    )
    expect((await problems({ start: '12:00', end: '12:00' })).end).to.include('after it starts')
    expect((await problems({ start: '09:00' })).start).to.include('10:00 to 15:30')
    expect((await problems({ start: '15:00', end: '16:00' })).end).to.include('10:00 to 15:30')
    expect(await problems({ reading: '/knowledge/none', skills: 'Alchemy', start: '11:00', end: '12:00' })).to.have.keys(
      'reading',
      'skills',
    )
    await post(planning, sessions, { ...session, title: 'After it', start: '11:00', end: '12:00' }).expect(303)
    const [first, second] = (await kept('winter-day-2026-02-20')).sessions
    expect([first?.skillIds, second?.title]).to.deep.equal([[skill._id], 'After it'])
    const edit = (await planning.get(`${sessions}/${second?.id}/edit`).expect(200)).text
    const typed = formOn(edit, `${sessions}/${second?.id}`)
    expect(typed).to.include({ speakers: 'Mo Member', skills: 'Networking', start: '11:00' })
    await post(planning, `${sessions}/${second?.id}`, { ...typed, start: '10:30' }).expect(422)
    await post(planning, `${sessions}/${second?.id}/delete`).expect(303)
    await post(planning, `${sessions}/${second?.id}`, typed).expect(404)
    const page = (await planning.get('/days/winter-day-2026-02-20')).text
    for (const words of ['10:00 to 11:00', 'Hall', 'Rings of fibre', '/knowledge/read-me', '/skills/networking', 'Mo Member'])
      expect(page).to.include(words)
    expect(page).to.not.include('After it')
    const shorter = formOn((await planning.get('/days/winter-day-2026-02-20/edit')).text, '/days/winter-day-2026-02-20')
    const refused = await post(planning, '/days/winter-day-2026-02-20', { ...shorter, start: '10:30' }).expect(422)
    expect(problemsOn(refused.text).start).to.include('session of the agenda')
  })

  it('are published, moved, cancelled and taken up again, and people are told', async () => {
    const follower = await aPerson(site, { name: 'Fay Follower' })
    await site.services.following.follow(asReader(follower), 'organisation', { id: own._id })
    const page = '/days/winter-day-2026-02-20'
    await post(browser, `${page}/publish`).expect(404)
    await post(planning, `${page}/publish`).expect(303)
    expect(await told(follower)).to.include('A partnership day is planned: “Winter day” on 20 February 2026')
    await post(browser, `${page}/cancel`).expect(403)
    await post(browser, `${page}/register`).expect(303)
    const typed = formOn((await planning.get(`${page}/edit`)).text, page)
    await post(planning, page, { ...typed, start: '09:30' }).expect(303)
    expect(await told(member)).to.include('Another time: “Winter day” on 20 February 2026, 09:30 to 15:30')
    expect((await post(planning, page, typed).expect(409)).text).to.include('Somebody saved this day')
    await post(planning, `${page}/cancel`).expect(303)
    expect(await told(member)).to.include('Cancelled: “Winter day”')
    expect((await browser.get(page).expect(200)).text).to.include('Cancelled')
    await post(browser, `${page}/register`).expect(303)
    expect((await post(await site.signInAs(follower), `${page}/register`).expect(409)).text).to.include('is cancelled')
    await post(planning, `${page}/take-up-again`).expect(303)
    expect(await told(member)).to.include('It takes place after all')
    await post(planning, `${page}/publish`).expect(303)
    expect((await planning.get(page)).text).to.include('The day is published by now')
    await post(planning, `${page}/explode`).expect(404)
    await post(planning, `${page}/delete`).expect(409)
    expect((await kept('winter-day-2026-02-20')).changes.map(({ to }) => to)).to.deep.equal(['published', 'cancelled', 'published'])
  })

  it('are found by the words of their sessions, and listed as to come or past', async () => {
    await aDay(site, coordinator, { title: 'Day of last year', date: '2025-11-20' })
    await site.services.indexer.settled()
    expect((await browser.get('/search?q=rings+of+fibre').expect(200)).text)
      .to.include('id="group-day"')
      .and.include('/days/winter-day-2026-02-20"')
    const [coming, past] = [(await browser.get('/days').expect(200)).text, (await browser.get('/days?when=past').expect(200)).text]
    expect(coming).to.include('Winter day').and.not.include('Day of last year').and.not.include('Summer day')
    expect(past).to.include('Day of last year').and.not.include('Winter day')
    expect(load((await browser.get('/')).text)('main').text()).to.include('Winter day: 20 February 2026, 09:30')
  })
})
