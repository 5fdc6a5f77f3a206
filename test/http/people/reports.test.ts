import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anOrganisation, aPerson } from '../../support/builders.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }

describe('a reported profile', () => {
  let site: TestSite
  let wirral: Organisation
  let keeper: Browser
  let partnershipKeeper: Browser
  let elsewhere: Browser
  let ada: Account
  let reporter: Browser
  let path: string
  let words: string

  before(async () => {
    site = await startTestSite()
    wirral = await anOrganisation(site, { name: 'Wirral' })
    const administrator = { organisation: wirral, roles: ['organisation administrator' as const] }
    keeper = await site.signInAs(await aPerson(site, { name: 'Kay Keeper', ...administrator }))
    elsewhere = await site.signInAs(await aPerson(site, { roles: ['organisation administrator'] }))
    partnershipKeeper = await site.signInAs(await aPerson(site, { name: 'Priya Nair', roles: ['partnership administrator'] }))
  })
  after(() => site.close())
  beforeEach(async () => {
    ada = await aPerson(site, { name: `Ada ${newId()}`, organisation: wirral })
    reporter = await site.signInAs(await aPerson(site, { name: 'Rhys Reporter' }))
    path = `/people/${ada.slug}`
    words = `Works in Leeds now ${newId()}`
  })

  const post = (by: Browser, address: string, given: object) => by.post(address).type('form').send(given)
  const report = (given: object = {}, by = reporter) => post(by, `${path}/report`, { matter: 'left', words, ...given })
  const kept = () => site.services.models.profileReports.find({ personId: ada._id }).lean()
  const addressOfOne = async () => `/admin/reports/${(await kept())[0]?._id}`
  const wordsOn = async (by: Browser, address: string) =>
    load((await by.get(address).expect(200)).text)('main')
      .text()
      .replace(/\s+/g, ' ')
  const waits = async (by: Browser) => (await wordsOn(by, '/')).includes('Profiles reported')

  it('is reported by a link at its foot, and says to whoever reported it that it waits', async () => {
    expect(linksOn((await reporter.get(path)).text)).to.include(`${path}/report`)
    await report().expect(303).expect('Location', path)
    expect(await wordsOn(reporter, path)).to.include('The administrators see your report.')
    const again = await reporter.get(path)
    expect(again.text).to.include('You reported this profile on')
    expect(linksOn(again.text)).to.not.include(`${path}/report`)
    expect((await reporter.get(`${path}/report`).expect(200)).text).to.include('You reported this profile on')
    expect(linksOn((await keeper.get(path)).text), 'others may report it too').to.include(`${path}/report`)
  })

  it('is not one’s own, and one that is hidden is not there', async () => {
    const own = await site.signInAs(ada)
    expect((await own.get(path)).text).to.not.include(`${path}/report`)
    await own.get(`${path}/report`).expect(403)
    await report({}, own).expect(403)
    await site.services.people.suspend(ada)
    await reporter.get(`${path}/report`).expect(404)
    await report().expect(404)
    await post(reporter, '/people/there-is-nobody/report', { matter: 'left' }).expect(404)
    expect(await kept()).to.have.length(0)
  })

  for (const [what, given, problems] of [
    ['nothing chosen', { matter: '' }, { matter: 'Choose what is wrong' }],
    ['a choice that there is none of', { matter: 'dull' }, { matter: 'Choose what is wrong' }],
    ['wrong details without a word', { matter: 'wrong', words: ' ' }, { words: 'Say what is wrong' }],
    ['too many words', { words: 'x'.repeat(1_001) }, { words: 'Use 1,000 characters or fewer' }],
  ] as const)
    it(`refuses ${what}, with what was typed still there`, async () => {
      const { text } = await report(given).expect(422)
      expect(problemsOn(text)).to.deep.equal(problems)
      const typed = { words, ...given }.words.trim()
      expect(String(formOn(text, `${path}/report`).words).trim()).to.equal(typed)
      expect(await kept()).to.have.length(0)
      await report({ matter: 'left', words: 'x'.repeat(1_000) }).expect(303)
      expect(await kept()).to.have.length(1)
    })

  it('is kept once when the button is pressed twice; another report waits until the first is answered, with its words still there', async () => {
    await Promise.all([report().expect(303), report().expect(303)])
    expect(await kept()).to.have.length(1)
    const { text } = await report({ words: 'Something new' }).expect(409)
    expect(text).to.include('You reported this profile already')
    expect(formOn(text, `${path}/report`)).to.include({ matter: 'left', words: 'Something new' })
    await report({}, elsewhere).expect(303)
    await post(keeper, await addressOfOne(), { outcome: 'nothing', note: '' }).expect(303)
    await report({ words: 'Something new' }).expect(303)
    expect(await kept()).to.have.length(3)
  })

  it('is one of twenty in a day, for one reporter', async () => {
    const others = Array.from({ length: 20 }, (_, at) => ({ _id: newId(), personId: `person ${at}` }))
    const bea = await aPerson(site, { name: 'Bea Busy' })
    const busy = await site.signInAs(bea)
    const by = { reporterId: bea._id, matter: 'left' as const, words: '', createdAt: site.services.clock.now(), state: 'nothing' as const }
    await site.services.models.profileReports.insertMany(others.map(other => ({ ...other, ...by })))
    const { text } = await report({}, busy).expect(409)
    expect(text).to.include('20 profiles within a day')
    expect(formOn(text, `${path}/report`).words).to.equal(words)
    await report().expect(303)
  })

  it('waits for the administrators who keep the account, and for nobody else', async () => {
    await report().expect(303)
    const address = await addressOfOne()
    for (const by of [keeper, partnershipKeeper]) {
      expect(await waits(by)).to.equal(true)
      expect(await wordsOn(by, '/admin/reports'))
        .to.include(`“${words}”`)
        .and.include('Reported by Rhys Reporter')
      const { text } = await by.get(address).expect(200)
      expect(linksOn(text)).to.include.members([`/admin/people/${ada.slug}`, `/admin/people/${ada.slug}/handover`])
    }
    expect(await wordsOn(elsewhere, '/admin/reports')).to.not.include(words)
    await elsewhere.get(address).expect(404)
    await post(elsewhere, address, { outcome: 'nothing' }).expect(404)
    for (const by of [reporter, await site.signInAs(ada)]) {
      expect(await waits(by)).to.equal(false)
      for (const hidden of ['/admin/reports', address]) await by.get(hidden).expect(403)
      await post(by, address, { outcome: 'nothing' }).expect(403)
    }
    expect((await kept())[0]?.state).to.equal('open')
  })

  it('of an administrator of the partnership is not for those of the organisation', async () => {
    ada = await aPerson(site, { name: 'Ada Above', organisation: wirral, roles: ['partnership administrator'] })
    path = `/people/${ada.slug}`
    await report().expect(303)
    await keeper.get(await addressOfOne()).expect(404)
    await partnershipKeeper.get(await addressOfOne()).expect(200)
  })

  it('goes with the person to those who keep their account now, also when they have left', async () => {
    await report().expect(303)
    await site.services.leavers.leave(ada)
    expect(await wordsOn(keeper, '/admin/reports')).to.include(words)
    expect(await wordsOn(keeper, await addressOfOne())).to.include('What they still own')
    await elsewhere.get(await addressOfOne()).expect(404)
  })

  it('is answered with what was done, or that there is nothing to do', async () => {
    await report().expect(303)
    const address = await addressOfOne()
    const { text } = await post(keeper, address, { outcome: 'handled', note: ' ' }).expect(422)
    expect(problemsOn(text)).to.deep.equal({ note: 'Say what was done' })
    expect(problemsOn((await post(keeper, address, { note: 'Asked her' }).expect(422)).text)).to.deep.equal({
      outcome: 'Choose what came of it',
    })
    const answer = { outcome: 'handled', note: `Marked as left ${newId()}` }
    await Promise.all([1, 2].map(() => post(keeper, address, answer).expect(303)))
    const listed = load((await keeper.get('/admin/reports')).text)
    expect(listed('section').eq(0).text()).to.not.include(ada.name)
    expect(listed('section').eq(1).text()).to.include(ada.name).and.include(answer.note)
    expect(linksOn((await reporter.get(path)).text)).to.include(`${path}/report`)
    const second = await post(partnershipKeeper, address, { outcome: 'nothing', note: 'Is still here' }).expect(409)
    expect(second.text).to.include('Somebody answered this report').and.include(answer.note).and.include('Is still here')
    expect(await kept()).to.have.length(1)
    expect((await kept())[0]).to.include({ state: 'handled', note: answer.note })
  })
})
