import { expect } from 'chai'
import { load } from 'cheerio'
import type { Day } from '../../../server/days/dayModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { aDay, anOffer, anOrganisation, aPerson, aRequest } from '../../support/builders.ts'
import { importing } from '../../support/importing.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('what comes up on a day', () => {
  let site: TestSite
  let own: Organisation
  let host: Person & { email: string }
  let ofHost: Browser
  let ofMember: Browser
  let day: Day

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    host = await aPerson(site, { name: 'Hedda Host', organisation: own })
    ofHost = await site.signInAs(host)
    ofMember = await site.signInAs(await aPerson(site, { name: 'Mo Member' }))
    day = await aDay(site, host, { title: 'Winter day', slug: 'winter-day', date: '2026-03-02' })
  })
  after(() => site.close())

  const page = '/days/winter-day'
  const wordsOf = (text: string) => load(text)('main').text().replace(/\s+/g, ' ')
  const shown = async (by: Browser, path = page) => wordsOf((await by.get(path).expect(200)).text)
  async function send(by: Browser, path: string, fields: object) {
    const { text } = await by.get(`${path}/new?day=winter-day`).expect(200)
    expect(wordsOf(text)).to.include('Came up on Winter day')
    return by
      .post(path)
      .type('form')
      .send({ ...formOn(text, path), ...fields })
  }

  it('is asked and offered from its page, and stands there and says so', async () => {
    expect(linksOn((await ofMember.get(page).expect(200)).text)).to.include.members([
      '/requests/new?day=winter-day',
      '/offers/new?day=winter-day',
    ])
    const asked = await send(ofMember, '/requests', { title: 'Who runs a relay?', text: 'For mail.' })
    const offered = await send(ofHost, '/offers', { title: 'Two spare racks', kind: 'equipment' })
    expect([asked.status, offered.status]).to.deep.equal([303, 303])
    const { text } = await ofHost.get(page).expect(200)
    expect(linksOn(text)).to.include.members([asked.headers.location, offered.headers.location])
    expect(wordsOf(text)).to.include('Questions and requests').and.include('Two spare racks')
    for (const { headers } of [asked, offered]) {
      const { text: said } = await ofMember.get(String(headers.location)).expect(200)
      expect(wordsOf(said)).to.include('Came up on')
      expect(linksOn(said)).to.include(page)
    }
    const edit = `${asked.headers.location}/edit`
    const form = formOn((await ofMember.get(edit).expect(200)).text, String(asked.headers.location))
    await ofMember
      .post(String(asked.headers.location))
      .type('form')
      .send({ ...form, title: 'Who runs a mail relay?' })
      .expect(303)
    expect(await shown(ofHost), 'it stays when it is edited').to.include('Who runs a mail relay?')
  })

  it('is in the minutes when all who read the day may read it', async () => {
    await aRequest(site, host, { title: 'Asked of all', dayId: day._id })
    await aRequest(site, host, { title: 'Asked of colleagues', dayId: day._id, visibility: 'organisation' })
    await anOffer(site, host, { title: 'Offered to colleagues', dayId: day._id, visibility: 'organisation' })
    expect(await shown(ofHost))
      .to.include('Asked of colleagues')
      .and.include('Offered to colleagues')
    expect(await shown(ofMember))
      .to.include('Asked of all')
      .and.not.include('colleagues')
    expect(await shown(ofHost, `${page}/minutes`))
      .to.include('Asked of all')
      .and.include('Two spare racks')
      .and.not.include('colleagues')
  })

  it('begins for no more people than the day is for', async () => {
    await aDay(site, host, { title: 'Own day', slug: 'own-day', visibility: 'organisation' })
    for (const path of ['/requests', '/offers']) {
      expect(formOn((await ofHost.get(`${path}/new?day=own-day`).expect(200)).text, path)).to.include({
        day: 'own-day',
        visibility: 'organisation',
      })
      const hidden = (await ofMember.get(`${path}/new?day=own-day`).expect(200)).text
      expect(formOn(hidden, path)).to.include({ visibility: 'partnership' }).and.not.have.property('day')
      expect(hidden).to.not.include('Own day')
    }
  })

  it('is refused for a day that is hidden or gone, with what was typed still there', async () => {
    const said = { title: 'Which?', text: 'Of them.', type: 'question', kind: 'advice', visibility: 'partnership', day: 'own-day' }
    for (const path of ['/requests', '/offers'])
      for (const slug of ['own-day', 'never-was']) {
        const { text } = await ofMember
          .post(path)
          .type('form')
          .send({ ...said, day: slug })
          .expect(422)
        expect(problemsOn(text).form).to.include('not there any more')
        expect(formOn(text, path)).to.include({ title: 'Which?' }).and.not.have.property('day')
      }
  })

  it('is named by the file of the day', async () => {
    await aRequest(site, host, { title: 'Imported before', sourceId: 'asked-before' })
    const row = { id: 'filed', title: 'Filed day', date: '2025-03-03', start: '10:00', end: '12:00', organisation: 'Cheshire' }
    const { refusals } = await importing(site, 'days', [
      { ...row, requests: ['asked-before'] },
      { ...row, id: 'wrong', offers: ['no-such'] },
    ])
    expect(refusals.map(({ reason }) => reason)).to.deep.equal(['there is no offer "no-such"'])
    const filed = (await site.services.models.days.findOne({ sourceId: 'filed' }).asSystem('a test looks').lean<Day>()) as Day
    expect(await shown(ofMember, `/days/${filed.slug}`)).to.include('Imported before')
  })
})
