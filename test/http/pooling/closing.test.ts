import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { HelpRequest } from '../../../server/pooling/requests/requestModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anOrganisation, aPerson, aRequest, aSkill } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }
const dayMs = 86_400_000

describe('what becomes of requests', () => {
  const clock = new MovableClock()
  let site: TestSite
  let organisation: Organisation
  let skill: Skill
  let asker: Account
  let ofAsker: Browser
  let helper: Account
  let ofHelper: Browser

  before(async () => {
    clock.stop()
    site = await startTestSite({ clock })
    organisation = await anOrganisation(site, { name: 'Asking Council' })
    skill = await aSkill(site, { name: 'Quince pruning' })
    asker = await aPerson(site, { name: 'Asa Asker', organisation })
    ofAsker = await site.signInAs(asker)
    helper = await aPerson(site, { name: 'Hal Helper', skills: [{ skillId: skill._id, level: 'working', willing: [] }] })
    ofHelper = await site.signInAs(helper)
  })
  after(() => site.close())

  const now = async ({ _id }: HelpRequest) =>
    (await site.services.models.requests.findById(_id).asSystem('a test looks').lean<HelpRequest>()) as HelpRequest
  const matched = (given: Partial<HelpRequest> = {}) =>
    aRequest(site, asker, {
      title: 'Prune the quince',
      type: 'work',
      skills: [{ skillId: skill._id }],
      state: 'matched',
      helperId: helper._id,
      ...given,
    })
  const told = async (from: Browser) =>
    load((await from.get('/notifications')).text)('.notification button')
      .toArray()
      .map(button => load(button).text())
  const send = (from: Browser, path: string, form: object = {}) => from.post(path).type('form').send(form)

  it('is said by the asker when it is done, with thanks; with the helper’s consent it confirms their skills, and it can be taken off', async () => {
    const request = await matched()
    const page = `/requests/${request.slug}`
    await send(ofAsker, `${page}/outcome`, { solved: 'yes' }).expect(409)
    await send(ofHelper, `${page}/finish`).expect(403)
    await send(ofAsker, `${page}/finish`).expect(303)
    expect(problemsOn((await send(ofAsker, `${page}/outcome`, { hours: 'many' }).expect(422)).text)).to.have.keys('solved', 'hours')
    await send(ofHelper, `${page}/evidence`).expect(409)
    const said = { solved: 'yes', hours: '2.5', saved: 'a consultant', thanks: 'You saved the harvest.' }
    await send(ofHelper, `${page}/outcome`, said).expect(403)
    await send(ofAsker, `${page}/outcome`, said).expect(303)
    expect(await told(ofHelper)).to.include('“Prune the quince”: Asa Asker said what came of it, and thanks you')
    const main = load((await ofHelper.get(page).expect(200)).text)('main').text()
    expect(main).to.include('2.5 hours').and.include('You saved the harvest.')
    const reasons = async () => {
      await site.services.indexer.settled()
      return load((await ofAsker.get('/search?q=quince+pruning&type=person').expect(200)).text)('.row--person .reasons').text()
    }
    expect(await reasons(), 'without consent').to.not.include('shown by helping with')
    await send(ofAsker, `${page}/evidence`).expect(403)
    await send(ofHelper, `${page}/evidence`).expect(303)
    expect(await reasons())
      .to.include('shown by helping with')
      .and.include('Prune the quince')
    await send(ofHelper, `${page}/evidence/take-off`).expect(303)
    expect(await reasons()).to.not.include('shown by helping with')
  })

  it('is written up with one click: the form of an article with what was asked and what helped', async () => {
    const request = await aRequest(site, asker, { title: 'Graft a medlar', text: 'How?', skills: [{ skillId: skill._id }] })
    const page = `/requests/${request.slug}`
    const answer = formOn((await ofHelper.get(page)).text, `${page}/answers`)
    await send(ofHelper, `${page}/answers`, { ...answer, answer: 'With a **sharp** knife.' }).expect(303)
    await send(ofAsker, `${page}/answers/${answer.id}/accept`).expect(303)
    const filled = formOn((await ofAsker.get(page)).text, '/knowledge/new')
    const article = formOn((await send(ofAsker, '/knowledge/new', filled).expect(200)).text, '/knowledge')
    expect(article).to.include({ title: 'Graft a medlar', kind: 'lesson-learned', skills: 'Quince pruning', thanks: 'Hal Helper' })
    expect(article.text).to.include('How?').and.include('## What helped').and.include('With a **sharp** knife.')
  })

  it('rises without an answer, to skill holders, contacts and coordinators, once each however many processes look; then it expires', async () => {
    const contact = await aPerson(site, { name: 'Con Tact', organisation })
    const coordinator = await aPerson(site, { name: 'Cora Coordinator', roles: ['member', 'coordinator'] })
    const unwilling = await aPerson(site, { skills: helper.skills, requestLimit: 0 })
    await site.services.models.organisations.updateOne(
      { _id: organisation._id },
      { $set: { callOrder: [{ contact: { personId: contact._id } }] } },
    )
    const request = await aRequest(site, asker, { title: 'Nobody answers', skills: [{ skillId: skill._id }] })
    const answered = await aRequest(site, asker, { title: 'Was answered', skills: [{ skillId: skill._id }], firstAnswerAt: clock.now() })
    const { dueRequests } = site.services
    const rising = async () => (await Promise.all([1, 2, 3, 4].map(() => dueRequests.rise()))).reduce((sum, count) => sum + count)
    const [ofContact, ofCoordinator, ofUnwilling] = [
      await site.signInAs(contact),
      await site.signInAs(coordinator),
      await site.signInAs(unwilling),
    ]
    const words = '“Nobody answers” has no answer yet'
    expect(await rising()).to.equal(0)
    const risen: number[] = []
    const heard: boolean[][] = []
    for (const days of [2, 3, 5]) {
      clock.move(days * dayMs)
      risen.push(await rising(), await rising())
      heard.push(await Promise.all([ofHelper, ofContact, ofCoordinator].map(async from => (await told(from)).includes(words))))
    }
    expect(risen).to.deep.equal([1, 0, 1, 0, 1, 0])
    expect(heard).to.deep.equal([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ])
    expect((await told(ofHelper)).filter(said => said === words)).to.have.length(1)
    expect(await told(ofUnwilling)).to.not.include(words)
    expect((await told(ofHelper)).join()).to.not.include('“Was answered” has')
    clock.move(21 * dayMs)
    const ends = await Promise.all([1, 2, 3, 4].map(() => dueRequests.expire()))
    expect(ends.reduce((sum, count) => sum + count)).to.equal(2)
    for (const { changes, state } of [await now(request), await now(answered)]) {
      expect(state).to.equal('expired')
      expect(changes.filter(({ step }) => step === 'expire')).to.have.length(1)
    }
    expect(await told(ofAsker)).to.include('“Nobody answers”: it expired')
  })

  it('rises after the days that the administrators of the partnership decide', async () => {
    const browser = await site.signInAs(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
    const wrong = { riseHolders: '9', riseContacts: '4', riseCoordinators: '0' }
    expect(problemsOn((await send(browser, '/admin/settings/requests', wrong).expect(422)).text)).to.have.keys(
      'riseContacts',
      'riseCoordinators',
    )
    await send(browser, '/admin/settings/requests', { riseHolders: '1', riseContacts: '4', riseCoordinators: '20' }).expect(303)
    const request = await aRequest(site, asker, { title: 'Soon risen' })
    clock.move(4 * dayMs)
    await site.services.dueRequests.rise()
    expect((await now(request)).escalated).to.deep.equal(['skill holders', 'contacts'])
  })

  it('is passed on when somebody leaves: what they asked to the contact of their organisation, what they helped with to somebody else', async () => {
    const leaver = await aPerson(site, { organisation })
    const asked = await aRequest(site, leaver, { title: 'Orphaned' })
    const helped = await matched({ helperId: leaver._id })
    expect(await site.services.requestLeavers.passOn()).to.equal(0)
    await site.services.leavers.leave(leaver)
    expect(await site.services.requestLeavers.passOn()).to.equal(2)
    expect(await site.services.requestLeavers.passOn()).to.equal(0)
    const contact = (await site.services.models.organisations.findById(organisation._id).asSystem('a test looks').lean())?.callOrder?.[0]
    expect((await now(asked)).askerId).to.equal(contact?.contact.personId)
    expect((await now(asked)).changes.at(-1)).to.include({ step: 'hand over', from: 'asked', to: 'asked' })
    expect(await now(helped))
      .to.include({ state: 'asked' })
      .and.not.have.property('helperId')
  })

  it('is handed over to the colleague whom the administrator names, who asks from then on', async () => {
    const leaver = await aPerson(site, { name: 'Lily Leaver', organisation })
    const heir = await aPerson(site, { name: 'Hugo Heir', organisation })
    await aPerson(site, { name: 'Eli Elsewhere' })
    const invitations = [heir._id, asker._id].map(personId => ({ personId, at: clock.now(), state: 'invited' as const }))
    const open = await aRequest(site, leaver, { title: 'Handed on', visibility: 'organisation', invitations })
    const helped = await aRequest(site, leaver, { title: 'Helped by the heir', state: 'matched', helperId: heir._id })
    const over = await aRequest(site, leaver, { title: 'Over already', state: 'done' })
    const administrator = await aPerson(site, { organisation, roles: ['member', 'organisation administrator'] })
    const browser = await site.signInAs(administrator)
    const page = `/admin/people/${leaver.slug}/handover`
    const { text } = await browser.get(page).expect(200)
    expect(text).to.include('Open requests for help (2)').and.include('Handed on').and.not.include('Over already')
    const form = { ...formOn(text, page), leaves: 'yes' }
    expect(problemsOn((await send(browser, page, { ...form, requests: 'Eli Elsewhere' }).expect(422)).text).requests).to.include(
      'of another organisation',
    )
    await send(browser, page, { ...form, requests: 'Hugo Heir' }).expect(303)
    expect(await now(open)).to.deep.include({ askerId: heir._id, state: 'asked' })
    expect((await now(open)).changes.at(-1)).to.include({ step: 'hand over', byId: administrator._id })
    expect((await now(open)).invitations.map(({ personId }) => personId)).to.deep.equal([asker._id])
    expect((await now(helped)).askerId, 'nobody asks themselves').to.equal(leaver._id)
    expect((await now(over)).askerId).to.equal(leaver._id)
    await (await site.signInAs(heir)).post(`/requests/${open.slug}/withdraw`).expect(303)
    expect(await site.services.requestLeavers.passOn()).to.equal(1)
  })
})
