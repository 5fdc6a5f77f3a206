import { expect } from 'chai'
import { load } from 'cheerio'
import type { Person } from '../../../server/people/personModel.ts'
import type { Offer } from '../../../server/pooling/offers/offerModel.ts'
import type { HelpRequest } from '../../../server/pooling/requests/requestModel.ts'
import { aDay, aPerson } from '../../support/builders.ts'
import { linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('one line on the page of a day', () => {
  let site: TestSite
  let host: Person & { email: string }
  let ofHost: Browser
  let ofMember: Browser
  const page = '/days/winter-day'

  before(async () => {
    site = await startTestSite()
    host = await aPerson(site, { name: 'Hedda Host' })
    ofHost = await site.signInAs(host)
    ofMember = await site.signInAs(await aPerson(site, { name: 'Mo Member' }))
    await aDay(site, host, { title: 'Winter day', slug: 'winter-day' })
  })
  after(() => site.close())

  const capture = (by: Browser, captured: string, line: string, day = page) =>
    by.post(`${day}/capture`).type('form').send({ captured, line })
  const kindsOf = (text: string) =>
    load(text)('#captured option')
      .toArray()
      .map(option => option.attribs.value)

  it('is kept as what was chosen or typed before it, and the field is ready for the next', async () => {
    for (const kind of ['priority', 'decision', 'action', 'question', 'offer']) {
      const kept = await capture(ofHost, kind, `Of kind ${kind}`).expect(303)
      expect(kept.headers.location).to.equal(`${page}?captured=${kind}`)
      const { text } = await ofHost.get(`${page}?captured=${kind}`).expect(200)
      expect(load(text)('#line').attr('autofocus'), kind).not.to.equal(undefined)
      expect(load(text)('#captured').val()).to.equal(kind)
      expect(load(text)('main').text()).to.include(`Of kind ${kind}`)
    }
    expect((await capture(ofHost, 'priority', 'Action: ask for prices').expect(303)).headers.location).to.equal(`${page}?captured=action`)
    const { text } = await ofHost.get(page).expect(200)
    expect(linksOn(text)).to.include('/programme/actions/ask-for-prices')
    expect(load(text)('#line').attr('autofocus')).to.equal(undefined)
  })

  it('is a question or an offer for those who do not run the day', async () => {
    expect(kindsOf((await ofMember.get(page).expect(200)).text)).to.deep.equal(['question', 'offer'])
    await capture(ofMember, 'question', 'Who runs a relay?').expect(303)
    const refused = await capture(ofMember, 'offer', 'decision: mine alone').expect(422)
    expect(problemsOn(refused.text)).to.deep.equal({ line: 'You cannot write down a decision on this day' })
    expect(load((await ofHost.get(page).expect(200)).text)('main').text())
      .to.include('Who runs a relay?')
      .and.not.include('mine alone')
  })

  it('is for no more people than the day is', async () => {
    await aDay(site, host, { title: 'Own day', slug: 'own-day', visibility: 'organisation' })
    for (const kind of ['question', 'offer']) await capture(ofHost, kind, `Own ${kind}`, '/days/own-day').expect(303)
    const { requests, offers } = site.services.models
    const kept = [
      await requests.findOne({ title: 'Own question' }).asSystem('a test looks').lean<HelpRequest>(),
      await offers.findOne({ title: 'Own offer' }).asSystem('a test looks').lean<Offer>(),
    ]
    expect(kept.map(record => record?.visibility)).to.deep.equal(['organisation', 'organisation'])
    await capture(ofMember, 'question', 'From outside', '/days/own-day').expect(404)
  })

  it('says beside the field what is wrong with it, and keeps what was typed', async () => {
    expect(problemsOn((await capture(ofHost, 'action', ' ').expect(422)).text)).to.have.keys('line')
    expect(problemsOn((await capture(ofHost, 'thing', 'A line').expect(422)).text)).to.have.keys('captured')
    const long = 'x'.repeat(201)
    const { text } = await capture(ofHost, 'action', long).expect(422)
    expect(problemsOn(text)).to.deep.equal({ line: 'Use 200 characters or fewer' })
    expect([load(text)('#line').val(), load(text)('#captured').val()]).to.deep.equal([long, 'action'])
    expect(load(text)('#line').attr('autofocus'), 'the summary of what is wrong has the focus').to.equal(undefined)
  })
})
