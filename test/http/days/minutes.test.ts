import { expect } from 'chai'
import { load } from 'cheerio'
import { strFromU8, unzipSync } from 'fflate'
import { extractText, getDocumentProxy } from 'unpdf'
import type { Day } from '../../../server/days/dayModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { aDay, anOrganisation, aPerson, asReader } from '../../support/builders.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const awkward = '1. A *plan* | for [all](x) <b>here</b> `so` &copy; ~~no~~'

describe('the minutes of a day', () => {
  const now = new Date('2026-03-02T17:00:00Z')
  let site: TestSite
  let own: Organisation
  let host: Person & { email: string }
  let other: Person & { email: string }
  let member: Person & { email: string }
  let hosting: Browser
  let browser: Browser
  let day: Day

  before(async () => {
    site = await startTestSite({ clock: { now: () => now } })
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    const wirral = await anOrganisation(site, { name: 'Wirral | Council' })
    host = await aPerson(site, { name: 'Hedda Host', organisation: own })
    other = await aPerson(site, { name: 'Cora Coordinator', organisation: own, roles: ['member', 'coordinator'] })
    member = await aPerson(site, { name: 'Mo Member', organisation: wirral })
    hosting = await site.signInAs(host)
    browser = await site.signInAs(member)
    const at = new Date('2026-02-01T09:00:00Z')
    const session = { id: 's', title: 'Networks', track: 'Room 1', start: '10:00', end: '11:00', reading: [], skillIds: [] }
    day = await aDay(site, host, {
      ...{ title: 'Winter day', slug: 'winter-day', date: '2026-03-02', capacity: 3 },
      sessions: [{ ...session, speakerIds: [member._id] }],
      registrations: [host, other, member].map(({ _id: personId, organisationId }) => ({ personId, organisationId, at })),
      priorities: [
        { id: 'p1', text: awkward, dots: 2, byOrganisation: [{ organisationId: own._id, dots: 2 }] },
        { id: 'p2', text: 'Sharing', dots: 5, byOrganisation: [{ organisationId: wirral._id, dots: 5 }] },
      ],
      vote: { dots: 3, state: 'closed' },
    })
    const agreed = { source: { dayId: day._id }, readers: day.readers }
    const { actions, decisions } = site.services
    await decisions.add({ ...agreed, title: awkward, why: 'Because.', agreedByIds: [own._id], reviewOn: '2026-09-01' })
    await actions.add({ ...agreed, title: 'Draw up the register', ownerId: member._id, organisationId: wirral._id, due: '2026-05-01' })
  })
  after(() => site.close())

  const page = '/days/winter-day/minutes'
  const post = (by: Browser, path: string, form: object = {}) => by.post(path).type('form').send(form)
  const mainOf = (text: string) => load(text)('main')
  const shown = async (by: Browser, path = page) =>
    mainOf((await by.get(path).expect(200)).text)
      .text()
      .replace(/\s+/g, ' ')
  const bytesOf = async (by: Browser, ending: string) => {
    const { body, headers } = await by
      .get(`${page}.${ending}`)
      .buffer()
      .parse((res, done) => {
        const parts: Buffer[] = []
        res.on('data', part => parts.push(part as Buffer))
        res.on('end', () => done(null, Buffer.concat(parts)))
      })
      .expect(200)
    expect(headers['cache-control']).to.equal('private, no-store')
    return body as Buffer
  }
  const wordsOf = async (by: Browser) => {
    const document = strFromU8(unzipSync(await bytesOf(by, 'docx'))['word/document.xml'] as Uint8Array)
    return document.replace(/<\/w:p>/g, ' ').replace(/<[^>]+>/g, '')
  }

  it('are drawn from its records: who came, agenda, priorities with votes, decisions, actions', async () => {
    const text = await shown(browser)
    for (const said of [
      'Drawn from the records of the day, not approved',
      '3 people from 2 organisations',
      '10:00 to 11:00: Networks (Room 1, Mo Member)',
      'Sharing: 5 dots',
      'Agreed by Cheshire. Looked at again on 1 September 2026.',
      'Draw up the registerMo MemberWirral | Council1 May 2026',
    ])
      expect(text.replaceAll(' ', ''), said).to.include(said.replaceAll(' ', ''))
    expect(text.indexOf('Sharing')).to.be.lessThan(text.indexOf(`${awkward}: 2 dots`))
    const drawn = mainOf((await browser.get(page)).text)
    expect(
      drawn
        .find('.prose a')
        .toArray()
        .map(link => link.attribs.href),
    ).to.include('/programme/actions/draw-up-the-register')
    expect(drawn.find('.prose b, .prose code, .prose s')).to.have.length(0)
    expect(load((await browser.get('/days/winter-day')).text)(`a[href="${page}"]`)).to.have.length(1)
  })

  it('say nothing of a vote that is open, and are not there before the day begins', async () => {
    const open = { priorities: day.priorities, vote: { dots: 3, state: 'open' as const } }
    await aDay(site, host, { ...open, slug: 'open-vote', date: '2026-03-02' })
    expect(await shown(browser, '/days/open-vote/minutes'))
      .to.include('Sharing')
      .and.not.include('dots')
    await aDay(site, host, { slug: 'to-come' })
    for (const path of ['', '.pdf', '.docx', '/edit', '/history']) await hosting.get(`/days/to-come/minutes${path}`).expect(404)
    await post(hosting, '/days/to-come/minutes', { text: 'x', number: 0 }).expect(404)
    expect((await hosting.get('/days/to-come')).text).to.not.include('/minutes')
  })

  it('are corrected by those who run the day, which others do not see before a host approves it', async () => {
    await browser.get(`${page}/edit`).expect(403)
    await post(browser, page, { text: 'Mine', number: 0 }).expect(403)
    const form = formOn((await hosting.get(`${page}/edit`).expect(200)).text, page)
    expect(form.text).to.include('## Decisions').and.include('\\[all\\]')
    const refused = await post(hosting, page, { ...form, text: ' ' }).expect(422)
    expect(problemsOn(refused.text)).to.have.keys('text')
    await post(hosting, page, { ...form, text: `${form.text}\n\nCorrected sapphire.` }).expect(303)
    expect(await shown(hosting))
      .to.include('Corrected sapphire')
      .and.include('Version 1, not approved')
    expect(await shown(browser))
      .to.include('Drawn from the records')
      .and.not.include('sapphire')
    expect(await wordsOf(browser)).to.not.include('sapphire')
    expect(await shown(browser, `${page}/history`)).to.not.include('sapphire')
    await site.services.indexer.settled()
    expect(await shown(browser, '/search?q=sapphire&type=day')).to.not.include('Winter day')
    await post(browser, `${page}/approve`, { number: 1 }).expect(403)
    await post(await site.signInAs(other), `${page}/approve`, { number: 1 }).expect(403)
    await post(hosting, `${page}/approve`, { number: 1 }).expect(303)
    expect(await shown(browser))
      .to.include('Corrected sapphire')
      .and.include('Version 1, approved by Hedda Host on 2 March 2026')
    await site.services.indexer.settled()
    expect(await shown(browser, '/search?q=sapphire&type=day'), 'twin').to.include('Winter day')
  })

  it('are told of to those who came, once for each approval, not to who approved them nor to who may not read the day any more', async () => {
    const told = async (by: Browser) => (await shown(by, '/notifications')).includes('Minutes are approved: “Winter day” on 2 March 2026')
    expect(await told(browser), 'twin').to.equal(true)
    expect(await told(hosting)).to.equal(false)
    const { models } = site.services
    expect(await models.notifications.countDocuments({ kind: 'day-minutes', personId: member._id })).to.equal(1)
    const write = new IndexedWrite<Day>(models.days, 'title', { now: () => now })
    const readersAre = (readers: string[]) => write.update({ _id: day._id }, { $set: { readers } })
    await readersAre([`organisation:${own._id}`])
    expect(await told(browser)).to.equal(false)
    await readersAre(day.readers)
    expect(await told(browser), 'twin').to.equal(true)
  })

  it('keep what was approved when they are corrected again: each version can be read, those not approved by who runs the day', async () => {
    const coordinating = await site.signInAs(other)
    const form = formOn((await coordinating.get(`${page}/edit`).expect(200)).text, page)
    expect(form).to.include({ number: '1' })
    const approving = 'Save and approve'
    expect((await coordinating.get(`${page}/edit`)).text).to.not.include(approving)
    expect((await hosting.get(`${page}/edit`)).text).to.include(approving)
    await post(coordinating, page, { ...form, text: 'Written anew, with emerald.' }).expect(303)
    expect(await shown(hosting))
      .to.include('emerald')
      .and.include('others see version 1')
    expect(await shown(browser))
      .to.include('sapphire')
      .and.not.include('emerald')
    const again = formOn((await hosting.get(`${page}/edit`).expect(200)).text, page)
    await post(coordinating, page, { ...again, text: 'Approved by no host.', ending: 'approve' }).expect(403)
    expect(await shown(hosting, `${page}/history`), 'nothing is half done').to.not.include('Approved by no host')
    await post(hosting, page, { ...again, text: 'Written anew, with emerald and opal.', ending: 'approve' }).expect(303)
    expect(await shown(browser))
      .to.include('opal')
      .and.include('Version 3, approved by Hedda Host')
    expect(await shown(browser, `${page}/history`))
      .to.match(/Version 3.*opal.*Version 1.*sapphire/)
      .and.not.include('Version 2')
    expect(await shown(hosting, `${page}/history`)).to.match(/Version 3.*Version 2 .*by Cora Coordinator Not approved.*emerald.*Version 1/)
    await site.services.indexer.settled()
    expect(await shown(browser, '/search?q=sapphire&type=day')).to.not.include('Winter day')
  })

  it('of two who correct them at once lose nothing, and what was read is what is approved', async () => {
    const form = formOn((await hosting.get(`${page}/edit`).expect(200)).text, page)
    const [first, second] = await Promise.all(['Mine, garnet.', 'Yours, topaz.'].map(text => post(hosting, page, { ...form, text })))
    expect([first?.status, second?.status].sort()).to.deep.equal([303, 409])
    const refused = first?.status === 409 ? first : second
    expect(refused?.text).to.include('garnet').and.include('topaz').and.include('Somebody saved the minutes')
    await post(hosting, page, formOn(refused?.text ?? '', page)).expect(303)
    const { headers } = await post(hosting, `${page}/approve`, { number: 4 }).expect(303)
    expect(await shown(hosting, String(headers.location))).to.include('Version 5, not approved')
    await post(hosting, `${page}/approve`, { number: 5 }).expect(303)
    await post(hosting, `${page}/approve`, { number: 5 }).expect(303)
    const kept = await site.services.models.days.findOne({ _id: day._id }).asSystem('a test looks').lean<Day>()
    expect(kept?.minutes?.approvals.map(({ number }) => number)).to.deep.equal([1, 3, 5])
    expect(kept?.revision, 'calendars need not know').to.equal(day.revision)
  })

  it('are saved as Word and as PDF, with who approved them and when', async () => {
    await post(hosting, page, {
      number: 5,
      text: '## Agreed\n\n| Who | What |\n| --- | --- |\n| Mo | [Register](/skills) |',
      ending: 'approve',
    })
    const said = ['Minutes of “Winter day”', 'Hedda Host on 2 March 2026', 'Version 6', 'Agreed', 'Register', `${page}`]
    const words = await wordsOf(browser)
    const pdf = await getDocumentProxy(new Uint8Array(await bytesOf(browser, 'pdf')))
    const printed = (await extractText(pdf, { mergePages: true })).text.replace(/\s+/g, ' ')
    for (const part of said) expect([words.includes(part), printed.includes(part)], part).to.deep.equal([true, true])
  })

  it('are read by those who read the day', async () => {
    const closed = await aDay(site, host, { slug: 'closed', date: '2026-03-02', visibility: 'organisation' })
    await site.services.minutes.save(asReader(host), closed.slug, { text: 'Secret', number: 0 })
    await site.services.minutes.approve(asReader(host), closed.slug, 1)
    for (const path of ['', '.pdf', '.docx', '/edit', '/history']) await browser.get(`/days/closed/minutes${path}`).expect(404)
    for (const path of ['', '/approve']) await post(browser, `/days/closed/minutes${path}`, { text: 'x', number: 1 }).expect(404)
    expect(await shown(hosting, '/days/closed/minutes'), 'twin').to.include('Secret')
  })

  it('name nothing that was left to be done by a day that fewer people may read', async () => {
    const { actions } = site.services
    const left = async (slug: string, visibility: 'organisation' | 'partnership', given: Partial<Day> = {}) => {
      const earlier = await aDay(site, host, { slug, date: '2026-01-05', visibility, ...given })
      const owner = { ownerId: host._id, organisationId: own._id, due: '2026-05-01' }
      await actions.add({ ...owner, title: `Left by ${slug}`, source: { dayId: earlier._id }, readers: earlier.readers })
      return earlier
    }
    const closed = await left('closed-before', 'organisation')
    const open = await left('open-before', 'partnership', { previousId: closed._id })
    await aDay(site, host, { slug: 'follows', date: '2026-03-02', previousId: open._id })
    expect(await shown(hosting, '/days/follows'), 'the twin: hosts see both on the day').to.include('Left by closed-before')
    for (const by of [hosting, browser]) {
      expect(await shown(by, '/days/follows/minutes'))
        .to.include('Left by open-before')
        .and.not.include('closed-before')
    }
    const drawn = formOn((await hosting.get('/days/follows/minutes/edit').expect(200)).text, '/days/follows/minutes')
    expect(String(drawn.text)).to.include('open-before').and.not.include('closed-before')
  })
})
