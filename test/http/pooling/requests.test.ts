import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { HelpRequest } from '../../../server/pooling/requests/requestModel.ts'
import { anArticle, anOrganisation, aPerson, aRequest, aSkill, asReader } from '../../support/builders.ts'
import { formOn, headingOf, linksOn, problemsOn, type Typed } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }

describe('requests for help', () => {
  let site: TestSite
  let asking: Organisation
  let asker: Account
  let ofAsker: Browser
  let helper: Account
  let ofHelper: Browser

  before(async () => {
    site = await startTestSite()
    asking = await anOrganisation(site, { name: 'Asking Council' })
    const skill = await aSkill(site, { name: 'Switch stacking' })
    asker = await aPerson(site, { name: 'Asa Asker', organisation: asking })
    ofAsker = await site.signInAs(asker)
    helper = await aPerson(site, { name: 'Hal Helper', skills: [{ skillId: skill._id, level: 'expert', willing: [] }] })
    ofHelper = await site.signInAs(helper)
  })
  after(() => site.close())

  const kept = async (slug: string) =>
    (await site.services.models.requests.findOne({ slug }).asSystem('a test looks at what is kept').lean<HelpRequest>()) as HelpRequest
  const words = { type: 'question', title: 'Stack of switches restarts', text: 'It restarts at **night**.', visibility: 'partnership' }
  async function ask(given: Typed = {}, from = ofAsker): Promise<string> {
    const form = formOn((await from.get('/requests/new').expect(200)).text, '/requests')
    const { headers } = await from
      .post('/requests')
      .type('form')
      .send({ ...form, ...words, ...given })
      .expect(303)
    return String(headers.location)
  }
  async function answer(page: string, text: string, from = ofHelper): Promise<string> {
    const form = formOn((await from.get(page).expect(200)).text, `${page}/answers`)
    await from
      .post(`${page}/answers`)
      .type('form')
      .send({ ...form, answer: text })
      .expect(303)
    return String(form.id)
  }
  const notified = async (from: Browser) =>
    load((await from.get('/notifications')).text)('.notification button')
      .toArray()
      .map(button => load(button).text())
  const found = async (q: string, from = ofHelper) => {
    await site.services.indexer.settled()
    return linksOn((await from.get(`/search?q=${q}`).expect(200)).text)
  }

  it('are asked with a form, stand on a page of their own and in the lists, and are changed by who asked', async () => {
    const page = await ask({ skills: 'switch stacking', level: 'working' })
    const { text } = await ofHelper.get(page).expect(200)
    expect(headingOf(text)).to.equal('Stack of switches restarts')
    expect(load(text)('.prose strong').text()).to.equal('night')
    expect(load(text)('main').text()).to.include('Switch stacking, working or more').and.include('Asa Asker')
    for (const list of ['/requests', '/requests?show=fit', '/requests?skill=switch-stacking', '/requests?show=all&type=question'])
      expect(linksOn((await ofHelper.get(list).expect(200)).text), list).to.include(page)
    for (const list of ['/requests?type=work', '/requests?show=mine', '/requests?show=done'])
      expect(linksOn((await ofHelper.get(list).expect(200)).text), list).to.not.include(page)
    expect(linksOn((await ofAsker.get('/requests?show=mine')).text)).to.include(page)
    await ofHelper.get(`${page}/edit`).expect(403)
    const form = formOn((await ofAsker.get(`${page}/edit`).expect(200)).text, page)
    expect(form).to.include({ skills: 'Switch stacking', level: 'working', type: 'question' })
    await ofAsker
      .post(page)
      .type('form')
      .send({ ...form, title: 'Stack of four restarts' })
      .expect(303)
    expect(headingOf((await ofHelper.get(page)).text)).to.equal('Stack of four restarts')
    const late = await ofAsker
      .post(page)
      .type('form')
      .send({ ...form, title: 'Too late' })
      .expect(409)
    expect(load(late.text)('input[name=title]').val()).to.equal('Too late')
  })

  it('are refused with the reason beside the field, and what was typed stays', async () => {
    const wrong = { type: 'work', title: '', text: ' ', until: '2020-01-02', from: '2020-01-03', visibility: 'chosen', skills: 'Alchemy' }
    const { text } = await ofAsker.post('/requests').type('form').send(wrong).expect(422)
    expect(problemsOn(text)).to.have.keys('title', 'text', 'until')
    expect(load(text)('input[name=skills]').val()).to.equal('Alchemy')
    const right = { ...wrong, title: 'x', text: 'x', from: '' }
    const again = problemsOn((await ofAsker.post('/requests').type('form').send(right).expect(422)).text)
    expect(again).to.deep.equal({
      skills: '“Alchemy” is not in the skills vocabulary',
      chosenOrganisations: 'Choose at least one organisation',
    })
    const past = { ...right, skills: 'Switch stacking', visibility: 'partnership' }
    expect(problemsOn((await ofAsker.post('/requests').type('form').send(past).expect(422)).text)).to.deep.equal({
      until: 'The last day is over already',
    })
  })

  it('show what may help already before they are asked, and a search that finds nothing offers the form filled in', async () => {
    await anArticle(site, helper, { title: 'Kumquat printers', slug: 'kumquat-printers' })
    const before = await aRequest(site, helper, { title: 'Kumquat printer offline' })
    await site.services.indexer.settled()
    const typed = { ...words, title: 'Kumquat printer stuck', text: 'Help' }
    const { text } = await ofAsker.post('/requests/new').type('form').send(typed).expect(200)
    expect(linksOn(text)).to.include.members(['/knowledge/kumquat-printers', `/requests/${before.slug}`])
    expect(load(text)('input[name=title]').val()).to.equal('Kumquat printer stuck')
    const part = (await ofAsker.post('/requests/new/may-help').type('form').send(typed).expect(200)).text
    const hrefsIn = (html: string) =>
      load(html)('a')
        .toArray()
        .map(link => link.attribs.href)
    expect(hrefsIn(part)).to.include.members(['/knowledge/kumquat-printers', `/requests/${before.slug}`])
    expect(part)
      .to.match(/\d pages may help already\./)
      .and.not.include('<html')
    expect((await ofAsker.post('/requests/new/may-help').type('form').send({}).expect(200)).text).to.include('Nothing was found')
    await ofAsker.post(`/requests/${before.slug}/edit/may-help`).type('form').send(typed).expect(403)
    const edited = await ofHelper.post(`/requests/${before.slug}/edit/may-help`).type('form').send(typed).expect(200)
    expect(hrefsIn(edited.text)).to.include('/knowledge/kumquat-printers').and.not.include(`/requests/${before.slug}`)
    expect(await site.services.models.requests.countDocuments({ title: typed.title }).asSystem('a test looks')).to.equal(0)
    const [offered] = (await found('xyloquartz+vapour')).filter(href => href.startsWith('/requests/new'))
    const form = formOn((await ofHelper.get(String(offered)).expect(200)).text, '/requests')
    expect(form).to.include({ title: 'xyloquartz vapour', text: 'xyloquartz vapour' })
  })

  it('are answered in the open; one answer is accepted, and a later one takes its place', async () => {
    const page = await ask({ title: 'Persimmon licences' })
    const follower = await aPerson(site, { name: 'Flo Follower' })
    const ofFollower = await site.signInAs(follower)
    await ofFollower
      .post(`/following/request/${page.split('/').at(-1)}`)
      .type('form')
      .send({})
      .expect(303)
      .expect('Location', page)
    const first = await answer(page, 'Count the medlarseats.')
    const second = await answer(page, 'Count the **quinceseats**.', ofFollower)
    expect(await notified(ofAsker)).to.include('Hal Helper answered “Persimmon licences”')
    expect(await notified(ofFollower)).to.include('Hal Helper answered “Persimmon licences”')
    expect(await found('medlarseats')).to.include(page)
    await ofHelper.post(`${page}/answers/${first}/accept`).expect(403)
    await ofAsker.post(`${page}/answers/${first}/accept`).expect(303)
    await ofAsker.post(`${page}/answers/${first}/accept`).expect(303)
    const request = await kept(page.split('/').at(-1) as string)
    expect(request).to.include({ state: 'done', acceptedAnswerId: first })
    expect(request.changes.map(({ step, from, to, byId }) => [step, from, to, byId])).to.deep.equal([
      ['ask', undefined, 'asked', asker._id],
      ['accept answer', 'asked', 'done', asker._id],
    ])
    expect(await notified(ofHelper)).to.include('“Persimmon licences”: Asa Asker accepted an answer')
    await ofHelper.post(`${page}/answers/${first}/delete`).expect(409)
    await ofAsker.post(`${page}/answers/${second}/accept`).expect(303)
    const $ = load((await ofHelper.get(page).expect(200)).text)
    expect($('.comment').first().attr('id')).to.equal(`answer-${second}`)
    expect($('.comment').first().text()).to.include('Accepted answer')
    await ofHelper.post(`${page}/answers/${first}/delete`).expect(303)
    expect(await found('medlarseats')).to.not.include(page)
  })

  it('that are done speak for who gave the accepted answer, in the ranking of people, with the reason', async () => {
    const page = await ask({ title: 'Tamarillo routers', text: 'Which firmware for tamarillo routers?' })
    await ofAsker.post(`${page}/answers/${await answer(page, 'The newest.')}/accept`).expect(303)
    await site.services.indexer.settled()
    const { text } = await ofAsker.get('/search?q=tamarillo+routers&type=person').expect(200)
    const row = load(text)('.row--person').first()
    expect(row.find('.row__title').text()).to.include('Hal Helper')
    expect(row.text()).to.include('helped with').and.include('1 matching request')
    const link = row.find('.reasons a').attr('href')
    expect(linksOn((await ofAsker.get(String(link)).expect(200)).text)).to.include(page)
  })

  it('are withdrawn and asked again by who asked; what cannot be done any more changes nothing', async () => {
    const page = await ask({ title: 'Withdrawn one' })
    const slug = page.split('/').at(-1) as string
    await ofHelper.post(`${page}/withdraw`).expect(403)
    const twice = await Promise.all([ofAsker.post(`${page}/withdraw`), ofAsker.post(`${page}/withdraw`)])
    expect(twice.map(({ status }) => status).sort()).to.deep.equal([303, 409])
    expect((await kept(slug)).changes).to.have.length(2)
    const typed = await ofHelper.post(`${page}/answers`).type('form').send({ answer: 'Too late' }).expect(409)
    expect(typed.text).to.include('takes no answers any more')
    await ofAsker.get(`${page}/edit`).expect(403)
    await ofAsker.post(`${page}/start`).expect(409)
    await ofAsker.post(`${page}/ask-again`).expect(303)
    expect((await kept(slug)).state).to.equal('asked')
  })

  it('are asked by one person only so often within an hour; what was typed stays', async () => {
    const eager = await aPerson(site)
    const browser = await site.signInAs(eager)
    for (let many = 0; many < 20; many++) await aRequest(site, eager)
    const { text } = await browser.post('/requests').type('form').send(words).expect(409)
    expect(text).to.include('20 times within an hour')
    expect(load(text)('input[name=title]').val()).to.equal(words.title)
  })

  it('do not exist for whoever may not read them: no page, no list, no search, no notification', async () => {
    const page = await ask({ title: 'Closed loganberry', text: 'For us only.', visibility: 'organisation' })
    const colleague = await aPerson(site, { organisation: asking })
    const ofColleague = await site.signInAs(colleague)
    const slug = page.split('/').at(-1) as string
    const { _id } = await kept(slug)
    await site.services.models.followings.updateOne({ _id: helper._id }, { $set: { follows: [`request:${_id}`] } }, { upsert: true })
    const id = await answer(page, 'Says boysenberry.', ofColleague)
    expect(await found('boysenberry', ofColleague), 'twin').to.include(page)
    expect(await found('boysenberry')).to.not.include(page)
    expect((await ofHelper.get('/requests?show=all')).text).to.not.include('loganberry')
    expect((await notified(ofHelper)).join()).to.not.include('loganberry')
    for (const path of ['', '/edit']) await ofHelper.get(`${page}${path}`).expect(404)
    for (const path of [
      '',
      '/edit',
      '/start',
      '/step-back',
      '/withdraw',
      '/ask-again',
      '/answers',
      `/answers/${id}/accept`,
      `/answers/${id}/delete`,
    ])
      await ofHelper
        .post(`${page}${path}`)
        .type('form')
        .send({ ...words, answer: 'x' })
        .expect(404)
    const coordinator = await aPerson(site, { organisation: asking, roles: ['member', 'coordinator'] })
    await site.services.requestSteps.take('withdraw', await kept(slug), { person: asReader(coordinator) })
    expect((await kept(slug)).state).to.equal('withdrawn')
  })
})
