import { expect } from 'chai'
import { load } from 'cheerio'
import type { Day } from '../../../server/days/dayModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { aDay, anOrganisation, aPerson, asReader } from '../../support/builders.ts'
import { formOn } from '../../support/pageForm.ts'
import { parsedCalendar } from '../../support/parsedCalendar.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

/** What clocks show when it is 10:00 in London: on the day before and the day of each change of the clocks in 2026. */
const dates = ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25']
const clocks: Record<string, [string, string, string, string]> = {
  'Europe/London': ['10:00', '10:00', '10:00', '10:00'],
  'Europe/Paris': ['11:00', '11:00', '11:00', '11:00'],
  'America/New_York': ['06:00', '05:00', '05:00', '06:00'],
  'America/St_Johns': ['07:30', '06:30', '06:30', '07:30'],
  'America/Sao_Paulo': ['07:00', '06:00', '06:00', '07:00'],
  'Asia/Kolkata': ['15:30', '14:30', '14:30', '15:30'],
  'Asia/Kathmandu': ['15:45', '14:45', '14:45', '15:45'],
  'Australia/Sydney': ['21:00', '20:00', '20:00', '21:00'],
  'Australia/Lord_Howe': ['21:00', '20:00', '20:00', '21:00'],
  'Pacific/Auckland': ['23:00', '22:00', '22:00', '23:00'],
}
const awkward = 'Tom; "Jerry", \\n <b>net</b> \u0007 \u{1F4A5} '.repeat(4).trim()

describe('days in a calendar', () => {
  const now = new Date('2026-02-02T09:00:00Z')
  let site: TestSite
  let host: Person & { email: string }
  let member: Person & { email: string }
  let hosting: Browser
  let browser: Browser

  before(async () => {
    site = await startTestSite({ clock: { now: () => now } })
    await site.services.models.settings.create({ _id: 'partnership', name: 'Mersey; Dee, Weaver' })
    await site.services.partnership.load()
    const organisation = await anOrganisation(site, { name: 'Hosts' })
    host = await aPerson(site, { name: 'Hedda Host', organisation, roles: ['member', 'coordinator'] })
    member = await aPerson(site, { name: 'Mo Member' })
    hosting = await site.signInAs(host)
    browser = await site.signInAs(member)
  })
  after(() => site.close())

  const post = (by: Browser, path: string, form: object = {}) => by.post(path).type('form').send(form)
  const dayOf = async (by: Browser, slug: string) => {
    const { text, headers } = await by.get(`/days/${slug}/day.ics`).expect(200)
    return { calendar: parsedCalendar(text), text, headers }
  }
  const addressesOf = async (by: Browser) => {
    const answer = await post(by, '/account/calendar').expect(200)
    expect(answer.headers['cache-control']).to.include('no-store')
    const shown = load(answer.text)('.govuk-inset-text')
      .toArray()
      .map(one => new URL(load(one).text().trim()).pathname)
    return { own: shown[0] as string, all: shown[1] as string }
  }
  const fed = (address: string) => site.visitor().get(address)
  const titlesAt = async (address: string) => parsedCalendar((await fed(address).expect(200)).text).events.map(({ summary }) => summary)

  it('begin at the same moment everywhere, on both sides of both changes of the clocks', async () => {
    for (const [place, date] of dates.entries()) {
      const form = { title: `Day ${place}`, purpose: '', date, start: '10:00', end: '15:30', visibility: 'partnership' }
      const { headers } = await post(hosting, '/days', form).expect(303)
      const { calendar } = await dayOf(hosting, String(headers.location).split('/')[2] as string)
      expect(calendar.faults).to.deep.equal([])
      const [event] = calendar.events
      for (const [timeZone, expected] of Object.entries(clocks)) {
        const shown = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(event?.starts)
        expect(shown, `${date} in ${timeZone}`).to.equal(expected[place])
      }
      expect((event?.ends.getTime() ?? 0) - (event?.starts.getTime() ?? 0)).to.equal(5.5 * 3_600_000)
    }
  })

  it('are read by a strict parser, whatever was typed, and by nobody else', async () => {
    const session = { id: 's', title: awkward, start: '10:00', end: '11:00', speakerIds: [], reading: [], skillIds: [] }
    const place = { venue: { name: awkward, access: `Lift\n${awkward}` }, callUrl: 'https://call.example/a,b;c' }
    const said = { title: awkward, purpose: `To **agree**.\r\n\r\n- ${awkward}`, sessions: [session], ...place }
    await aDay(site, host, { ...said, slug: 'awkward' })
    const { calendar, text, headers } = await dayOf(browser, 'awkward')
    expect(calendar.faults).to.deep.equal([])
    expect(calendar.events[0]).to.deep.include({ summary: awkward.replaceAll('\u0007', ''), status: 'CONFIRMED' })
    expect(calendar.events[0]?.description).to.match(/^To agree\.\n.*10:00 to 11:00 Tom.*Lift\nTom.*\/days\/awkward$/s)
    expect(calendar.events[0]?.url).to.match(/^http.*\/days\/awkward$/)
    expect(headers['content-type']).to.equal('text/calendar; charset=utf-8')
    expect(headers['cache-control']).to.equal('private, no-store')
    expect(String(headers['content-disposition']).replaceAll('"', '')).to.equal('attachment; filename=awkward.ics')
    const broken = text.replace(/(DTSTART:\d+T\d+)Z/, '$1').replace(/\r\n /g, '')
    expect(parsedCalendar(broken).faults.join(), 'twin').to.match(/a line of \d+ octets.*a time that is no instant/)
    expect(() => parsedCalendar(text.replace('END:VEVENT', 'END')), 'twin').to.throw()
  })

  it('that are moved or cancelled are the same ones with a higher number', async () => {
    const day = await aDay(site, host, { title: 'Moving', slug: 'moving', date: '2026-06-10' })
    const first = (await dayOf(browser, day.slug)).calendar.events[0]
    const form = formOn((await hosting.get('/days/moving/edit').expect(200)).text, '/days/moving')
    await post(hosting, '/days/moving', { ...form, start: '11:00', end: '16:00' }).expect(303)
    const moved = (await dayOf(browser, day.slug)).calendar.events[0]
    expect(moved?.starts).to.deep.equal(new Date('2026-06-10T10:00:00Z'))
    await post(hosting, '/days/moving/cancel').expect(303)
    const { own, all } = await addressesOf(browser)
    const cancelled = parsedCalendar((await fed(all).expect(200)).text).events.find(({ uid }) => uid === first?.uid)
    expect([first?.status, moved?.status, cancelled?.status]).to.deep.equal(['CONFIRMED', 'CONFIRMED', 'CANCELLED'])
    expect(moved?.sequence).to.be.greaterThan(first?.sequence ?? 0)
    expect(cancelled?.sequence).to.be.greaterThan(moved?.sequence ?? 0)
    expect([moved?.uid, cancelled?.uid]).to.deep.equal([first?.uid, first?.uid])
    expect(await titlesAt(own)).to.deep.equal([])
    await post(hosting, '/days/moving/take-up-again').expect(303)
    const again = (await dayOf(browser, day.slug)).calendar.events[0]
    expect([again?.status, (again?.sequence ?? 0) > (cancelled?.sequence ?? 0)]).to.deep.equal(['CONFIRMED', true])
  })

  it('are one’s own or all that one may read, as it is when the program asks', async () => {
    const { registrations, models } = site.services
    const day = await aDay(site, host, { title: 'Joined', slug: 'joined', capacity: 1 })
    await aDay(site, host, { title: 'Only a draft', state: 'draft' })
    await aDay(site, host, { title: 'Long ago', date: '2024-06-01' })
    await aDay(site, member, { title: 'Hosted' })
    const { own, all } = await addressesOf(browser)
    expect(await titlesAt(own)).to.deep.equal(['Hosted'])
    await registrations.register(asReader(host), day.slug)
    await registrations.register(asReader(member), day.slug)
    const waiting = async () => parsedCalendar((await fed(own)).text).events.find(({ summary }) => summary === 'Joined')
    const before = await waiting()
    expect(before?.status).to.equal('TENTATIVE')
    expect((await waiting())?.description).to.include('You are on the waiting list')
    await registrations.decline(asReader(host), day.slug)
    const after = await waiting()
    expect(after?.status).to.equal('CONFIRMED')
    expect(after?.sequence).to.be.greaterThan(before?.sequence ?? Number.POSITIVE_INFINITY)
    expect(await titlesAt(all))
      .to.include.members(['Joined', 'Hosted', 'Moving'])
      .and.not.include('Only a draft')
      .and.not.include('Long ago')
    expect(parsedCalendar((await fed(all)).text)).to.deep.include({ name: 'Partnership days – Mersey\\; Dee\\, Weaver', faults: [] })
    const form = formOn((await hosting.get('/days/joined/edit').expect(200)).text, '/days/joined')
    await post(hosting, '/days/joined', { ...form, visibility: 'organisation' }).expect(303)
    for (const address of [own, all]) expect(await titlesAt(address)).to.not.include('Joined')
    await registrations.forget(member._id)
    const kept = await models.days.findOne({ slug: 'joined' }).asSystem('a test looks').lean<Day>()
    expect(kept?.registrations).to.deep.equal([])
  })

  it('have addresses that are kept nowhere and end when they are changed or ended, or whoever has them may not be here', async () => {
    const { models } = site.services
    const first = await addressesOf(browser)
    const second = await addressesOf(browser)
    const secret = second.all.split('/')[2] as string
    const { headers } = await fed(second.own).expect(200)
    expect(headers['cache-control']).to.equal('private, no-store')
    expect(headers).to.not.have.property('set-cookie')
    for (const address of [first.own, first.all, `/feeds/${'x'.repeat(43)}/days.ics`]) {
      const { text } = await fed(address).expect(404)
      expect(text).to.not.include('Hosted')
    }
    expect(secret).to.match(/^[\w-]{43}$/)
    expect(JSON.stringify([site.logged, await models.calendarSecrets.find({}).lean()])).to.not.include(secret)
    expect((await browser.get('/account/calendar').expect(200)).text)
      .to.include('since 2 February 2026')
      .and.not.include(secret)
    await models.accounts.updateOne({ _id: member._id }, { $set: { suspendedAt: now } })
    for (const address of [second.own, second.all]) await fed(address).expect(404)
    await models.accounts.updateOne({ _id: member._id }, { $unset: { suspendedAt: 1 } })
    await fed(second.own).expect(200)
    await post(browser, '/account/calendar/delete').expect(303)
    await fed(second.own).expect(404)
    const third = await addressesOf(browser)
    await site.services.leavers.leave(member)
    for (const address of [third.own, third.all]) await fed(address).expect(404)
    await site.services.leavers.comeBack(member)
    await fed(third.all).expect(404)
  })
})
