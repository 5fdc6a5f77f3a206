import { expect } from 'chai'
import { load } from 'cheerio'
import type { Day } from '../../../server/days/dayModel.ts'
import { withPlace } from '../../../server/days/dayNews.ts'
import { eraseNeeds } from '../../../server/days/registrations/eraseNeeds.ts'
import { standingOf } from '../../../server/days/registrations/registrations.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { aDay, aPerson, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('registration for a day', () => {
  const clock = new MovableClock()
  let site: TestSite
  let host: Person & { email: string }

  before(async () => {
    clock.stop()
    site = await startTestSite({ clock })
    host = await aPerson(site, { name: 'Hedda Host' })
  })
  after(() => site.close())

  const post = (by: Browser, path: string, form: object = {}) => by.post(path).type('form').send(form)
  const kept = async ({ _id }: Day) => (await site.services.models.days.findOne({ _id }).asSystem('a test looks').lean<Day>()) as Day
  const shown = async (by: Browser, path: string) =>
    load((await by.get(path).expect(200)).text)('main')
      .text()
      .replace(/\s+/g, ' ')
  const crowd = (many: number) =>
    Array.from({ length: many }, (_, number) => ({
      ...asReader(host),
      id: `person-${number}`,
      organisationId: `organisation-${number % 16}`,
    }))

  it('gives as many places as there are to those who come in the same moment, and keeps the others in order', async () => {
    const day = await aDay(site, host, { capacity: 100 })
    const people = crowd(300)
    // Some press twice.
    const answers = await Promise.all(
      [...people, ...people.slice(0, 50)].map(person => site.services.registrations.register(person, day.slug)),
    )
    expect(answers).to.have.length(350)
    const after = await kept(day)
    const standing = people.map(({ id }) => standingOf(after, id))
    expect(standing.filter(({ is }) => is === 'has a place')).to.have.length(100)
    const places = standing.flatMap(({ is, place }) => (is === 'waits' ? [place] : []))
    expect(places.sort((one, other) => Number(one) - Number(other))).to.deep.equal(Array.from({ length: 200 }, (_, number) => number + 1))
    expect(after.registrations).to.have.length(300)
  }).timeout(60_000)

  it('would not, if the write were not asked whether somebody stands there already', async () => {
    const day = await aDay(site, host, { capacity: 20 })
    const write = new IndexedWrite<Day>(site.services.models.days, 'title', clock)
    const registered = crowd(20).flatMap(({ id: personId, organisationId }) =>
      [0, 1].map(() => ({ personId, organisationId, at: clock.now() })),
    )
    await Promise.all(registered.map(registration => write.update({ _id: day._id }, { $push: { registrations: registration } })))
    expect(new Set(withPlace(await kept(day)).map(({ personId }) => personId)).size).to.be.lessThan(20)
  })

  it('lets the first who waits move up when somebody declines, and tells them once', async () => {
    const day = await aDay(site, host, { title: 'Small day', capacity: 1 })
    const [first, second, third] = [await aPerson(site), await aPerson(site), await aPerson(site)]
    const browsers = await Promise.all([first, second, third].map(person => site.signInAs(person)))
    const [one, two, three] = browsers as [Browser, Browser, Browser]
    for (const browser of browsers) await post(browser, `/days/${day.slug}/register`).expect(303)
    expect(await shown(three, `/days/${day.slug}`))
      .to.include('number 2 on the waiting list')
      .and.include('1 of 1 place taken, 2 wait')
    await post(one, `/days/${day.slug}/decline`).expect(303)
    expect(await shown(one, `/days/${day.slug}`)).to.include('You said that you do not come')
    expect(await shown(two, `/days/${day.slug}`)).to.include('You have a place.')
    expect(await shown(two, '/notifications')).to.include('You have a place: “Small day”')
    expect(await shown(three, `/days/${day.slug}`)).to.include('number 1 on the waiting list')
    expect(await shown(three, '/notifications')).to.not.include('Small day')
    await site.services.leavers.leave(second)
    expect(await shown(three, '/notifications')).to.include('You have a place: “Small day”')
    expect(await site.services.models.notifications.countDocuments({ kind: 'day-place', personId: third?._id })).to.equal(1)
    await post(one, `/days/${day.slug}/register`).expect(303)
    expect((await kept(day)).declinedIds).to.deep.equal([])
  })

  it('keeps what somebody needs for hosts alone, and erases it 30 days after', async () => {
    const day = await aDay(site, host, { title: 'Needy day' })
    const person = await aPerson(site, { name: 'Nia Needs' })
    const [own, ofHost, other] = [await site.signInAs(person), await site.signInAs(host), await site.signInAs(await aPerson(site))]
    await post(own, `/days/${day.slug}/register`, { access: 'Ramp', diet: 'No nuts' }).expect(303)
    expect((await own.get(`/days/${day.slug}`)).text).to.include('value="No nuts"')
    expect(await shown(ofHost, `/days/${day.slug}/attendance`))
      .to.include('Nia Needs')
      .and.include('Ramp')
      .and.include('No nuts')
    await other.get(`/days/${day.slug}/attendance`).expect(403)
    expect((await other.get(`/days/${day.slug}`)).text).to.not.include('No nuts')
    expect((await post(own, `/days/${day.slug}/register`, { diet: 'x'.repeat(501) }).expect(422)).text).to.include(
      '500 characters or fewer',
    )
    const job = eraseNeeds(site.services)
    expect(await job.run(undefined as never)).to.equal(undefined)
    clock.move(38 * 86_400_000)
    expect(await job.run(undefined as never)).to.equal('1 erased')
    expect((await post(own, `/days/${day.slug}/decline`).expect(303)).headers.location).to.equal(`/days/${day.slug}`)
    expect(await shown(own, `/days/${day.slug}`))
      .to.include('The day has begun')
      .and.not.include('Register')
    expect((await post(other, `/days/${day.slug}/register`).expect(409)).text).to.include('registration is closed')
  })
})
