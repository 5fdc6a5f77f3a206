import { expect } from 'chai'
import { load } from 'cheerio'
import type { Day } from '../../../server/days/dayModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { remindOfActions } from '../../../server/programme/actionReminders.ts'
import { actionStates, transitions } from '../../../server/programme/actionStates.ts'
import { aDay, anOrganisation, aPerson, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('what a day agrees', () => {
  const clock = new MovableClock()
  let site: TestSite
  let host: Person & { email: string }
  let voter: Person & { email: string }
  let hosting: Browser
  let voting: Browser
  let day: Day

  before(async () => {
    clock.stop()
    site = await startTestSite({ clock })
    host = await aPerson(site, { name: 'Hedda Host', organisation: await anOrganisation(site, { name: 'Hosts', slug: 'hosts' }) })
    voter = await aPerson(site, { name: 'Vera Voter', organisation: await anOrganisation(site, { name: 'Voters', slug: 'voters' }) })
    day = await aDay(site, host, { title: 'Winter day', slug: 'winter-day', capacity: 1 })
    hosting = await site.signInAs(host)
    voting = await site.signInAs(voter)
    await site.services.registrations.register(asReader(voter), day.slug)
  })
  after(() => site.close())

  const post = (by: Browser, path: string, form: object = {}) => by.post(path).type('form').send(form)
  const shown = async (by: Browser, path: string) =>
    load((await by.get(path).expect(200)).text)('main')
      .text()
      .replace(/\s+/g, ' ')
  const kept = async () => (await site.services.models.days.findOne({ _id: day._id }).asSystem('a test looks').lean<Day>()) as Day
  const page = '/days/winter-day'

  it('are priorities, voted on with dots that nobody sees before the vote is closed', async () => {
    await post(voting, `${page}/priorities`, { priority: 'Mine' }).expect(403)
    for (const priority of ['Network sharing', 'Pooling of skills']) await post(hosting, `${page}/priorities`, { priority }).expect(303)
    expect(problemsOn((await post(hosting, `${page}/priorities`, { priority: ' ' }).expect(422)).text)).to.have.keys('priority')
    await post(voting, `${page}/vote`, {}).expect(409)
    expect(problemsOn((await post(hosting, `${page}/vote/open`, { dots: '0' }).expect(422)).text)).to.have.keys('dots')
    await post(hosting, `${page}/vote/open`, { dots: '3' }).expect(303)
    await post(hosting, `${page}/priorities`, { priority: 'Too late' }).expect(409)
    const [first, second] = (await kept()).priorities.map(({ id }) => `dots:${id}`) as [string, string]
    const tooMany = await post(voting, `${page}/vote`, { [first]: '2', [second]: '2' }).expect(422)
    expect(tooMany.text).to.include('You gave 4 dots, and each has 3: take 1 away').and.include('value="2"')
    await post(voting, `${page}/vote`, { [first]: '-1' }).expect(422)
    expect(await site.services.models.ballots.countDocuments({})).to.equal(0)
    await post(voting, `${page}/vote`, { [first]: '3' }).expect(303)
    await post(voting, `${page}/vote`, { [first]: '1', [second]: '2' }).expect(303)
    await post(hosting, `${page}/vote`, { [first]: '', [second]: '1' }).expect(303)
    await post(await site.signInAs(await aPerson(site)), `${page}/vote`, { [first]: '1' }).expect(403)
    for (const by of [hosting, voting])
      expect(await shown(by, page))
        .to.include('2 people have voted')
        .and.not.include('Voters 2')
        .and.not.match(/Pooling of skills 3 dots/)
    await post(voting, `${page}/vote/close`).expect(403)
    await post(hosting, `${page}/vote/close`).expect(303)
    await post(voting, `${page}/vote`, { [first]: '1' }).expect(409)
    expect(await shown(voting, page)).to.match(/Pooling of skills 3 dots.*Voters 2.*Network sharing 1 dot/)
    await site.services.votes.forget(voter._id)
    expect((await kept()).priorities.map(({ dots }) => dots)).to.deep.equal([1, 3])
  })

  it('are decisions by those who are there, and actions with one owner, in one line each', async () => {
    await post(hosting, `${page}/decisions`, {
      decision: 'One pool of specialists',
      why: 'Each has too few',
      reviewOn: '2027-01-31',
    }).expect(303)
    const form = { action: 'Draw up the register', owner: 'Vera Voter', due: '2020-02-01', serves: (await kept()).priorities[1]?.id ?? '' }
    expect(
      problemsOn((await post(hosting, `${page}/actions`, { ...form, owner: 'Hedda Host, Vera Voter' }).expect(422)).text).owner,
    ).to.include('one person')
    expect(problemsOn((await post(hosting, `${page}/actions`, { ...form, owner: 'Nobody', due: 'soon' }).expect(422)).text)).to.have.keys(
      'due',
    )
    await post(voting, `${page}/actions`, form).expect(403)
    await post(hosting, `${page}/actions`, form).expect(303)
    expect(await shown(voting, '/programme/decisions/one-pool-of-specialists'))
      .to.include('Each has too few')
      .and.include('Voters')
      .and.include('31 January 2027')
    expect(await shown(voting, '/programme')).to.match(/Pooling of skills.*3 dots.*Draw up the register.*Vera Voter/)
    await site.services.indexer.settled()
    expect(await shown(voting, '/search?q=register'))
      .to.include('Draw up the register')
      .and.include('Winter day')
    expect(await shown(voting, '/search?q=specialists&type=decision'))
      .to.include('One pool of specialists')
      .and.include('Winter day')
    expect(await shown(voting, '/')).to.include('Your action: Draw up the register')
  })

  it('are found by owner, organisation, day and whether they are overdue', async () => {
    const list = async (query: string) => (await shown(hosting, `/programme/actions?${query}`)).includes('Draw up the register open')
    for (const query of ['', 'state=overdue', `owner=${voter.slug}`, 'organisation=voters', 'day=winter-day', 'state=open'])
      expect(await list(query), query).to.equal(true)
    for (const query of ['state=done', `owner=${host.slug}`, 'organisation=hosts', 'day=none', 'owner=none'])
      expect(await list(query), query).to.equal(false)
  })

  it('remind the owner once, however often it is looked', async () => {
    const job = remindOfActions(site.services)
    for (let times = 0; times < 3; times++) await job.run(undefined as never)
    expect(await site.services.models.notifications.countDocuments({ kind: 'action-due', personId: voter._id })).to.equal(1)
    expect(await shown(voting, '/notifications')).to.include('Overdue since 1 February 2020: “Draw up the register”')
  })

  it('go from state to state as the table says, with a reason or a proof, and speak for whoever did them', async () => {
    const action = '/programme/actions/draw-up-the-register'
    await post(await site.signInAs(await aPerson(site)), action, { to: 'done', said: 'x' }).expect(403)
    expect(problemsOn((await post(voting, action, { to: 'done' }).expect(422)).text).said).to.include('what shows that it is done')
    expect(problemsOn((await post(voting, action, { to: 'blocked' }).expect(422)).text).said).to.include('why it is blocked')
    await post(voting, action, { to: 'gone' }).expect(422)
    await post(voting, action, { to: 'under way' }).expect(303)
    await post(voting, action, { to: 'done', said: '/skills' }).expect(303)
    await post(voting, action, { to: 'blocked', said: 'x' }).expect(409)
    expect(await shown(hosting, '/programme')).to.match(/Draw up the register.*done.*Proof: \/skills/)
    await site.services.indexer.settled()
    expect(await shown(hosting, '/search?q=draw+up+register&type=person')).to.include('did 1 matching action')
    expect(await shown(hosting, action)).to.match(/under way, Vera Voter.*done, Vera Voter/)
    for (const state of actionStates) expect(transitions[state], state).to.not.include(state).and.not.be.empty
  })

  it('carry over to the next day of the series what is still to be done', async () => {
    await post(hosting, `${page}/actions`, { action: 'Still to do', owner: 'Vera Voter' }).expect(303)
    const planning = await site.signInAs(await aPerson(site, { roles: ['member', 'coordinator'] }))
    const typed = formOn((await planning.get(`/days/new?after=${day.slug}`).expect(200)).text, '/days')
    expect(typed).to.include({ title: 'Winter day', after: day.slug, date: '' })
    const { headers } = await post(planning, '/days', { ...typed, date: '2199-02-01' }).expect(303)
    expect(await shown(planning, String(headers.location)))
      .to.include('Carried over from')
      .and.include('Still to do')
    await aDay(site, host, { slug: 'next-day', previousId: day._id })
    const next = await aDay(site, host, {
      slug: 'one-later',
      previousId: (await site.services.days.readable(asReader(host), 'next-day'))._id,
    })
    const text = await shown(voting, `/days/${next.slug}`)
    expect(text).to.include('Carried over from').and.include('Still to do').and.not.include('Draw up the register')
  })
})
