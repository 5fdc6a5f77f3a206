import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, asReader, aTeam } from '../../support/builders.ts'
import { formOn, linksOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

// biome-ignore lint/suspicious/noThenProperty: the name of the form's buttons; never a function
const published = { then: 'publish' }

describe('articles of people who are not here any more', () => {
  let site: TestSite
  let own: Organisation
  let ann: Person
  let shut: Person
  let reader: Browser
  let person: Person & { email: string }

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site)
    ann = await aPerson(site, { name: 'Ann Leaver', slug: 'ann-leaver', organisation: own, status: 'left', readers: [] })
    shut = await aPerson(site, { name: 'Shut Out', slug: 'shut-out', organisation: own, readers: ['administrators'] })
    person = await aPerson(site, { organisation: own, roles: ['editor'] })
    reader = await site.signInAs(person)
  })
  after(() => site.close())

  const mainOf = (html: string) => load(html)('main').text().replace(/\s+/g, ' ')
  const kept = async ({ _id }: Article) =>
    (await site.services.models.articles.findOne({ _id }).asSystem('a test looks').lean<Article>()) as Article

  it('say who wrote them, as text that leads nowhere', async () => {
    const { slug } = await anArticle(site, ann, { authorIds: [ann._id, shut._id] })
    const { text } = await reader.get(`/knowledge/${slug}`).expect(200)
    expect(mainOf(text)).to.include('Ann Leaver · Shut Out').and.include('Nobody at present: Ann Leaver has left')
    expect(linksOn(text).filter(href => href.startsWith('/people/'))).to.deep.equal([])
    for (const hidden of ['ann-leaver', 'shut-out']) await reader.get(`/people/${hidden}`).expect(404)
  })

  it('link the authors who are here: the twin', async () => {
    const { slug } = await anArticle(site, person)
    expect(linksOn((await reader.get(`/knowledge/${slug}`)).text)).to.include(`/people/${person.slug}`)
  })

  it('do not say that an owner is suspended', async () => {
    const { slug } = await anArticle(site, shut)
    const { text } = await reader.get(`/knowledge/${slug}`).expect(200)
    expect(mainOf(text)).to.include('Owner').and.include('Shut Out').and.not.include('suspended').and.not.include('has left')
  })

  it('name them in the history and in feeds', async () => {
    const { slug } = await anArticle(site, ann, { title: 'Saved by Ann' })
    const again = { kind: 'how-to', text: 'x', owner: 'me', visibility: 'partnership', ...published }
    const leaver = await aPerson(site, { name: 'Lea Later', organisation: own })
    const browser = await site.signInAs(leaver)
    const path = (
      await browser
        .post('/knowledge')
        .type('form')
        .send({ ...again, title: 'Kept by Lea' })
        .expect(303)
    ).headers.location
    await site.services.leavers.leave(leaver)
    expect(mainOf((await reader.get(`${path}/history`).expect(200)).text)).to.include('by Lea Later')
    await site.services.feedAddresses.renew(asReader(person))
    const feeds = await site.services.feedAddresses.addressOf(asReader(person), '')
    const { text } = await reader.get(`${feeds}/organisations/${own.slug}`).expect(200)
    expect(text).to.include('<name>Ann Leaver</name>').and.include(slug)
  })

  it('are found by nothing but their words: not under the name of who left', async () => {
    await site.services.indexer.settled()
    const { text } = await reader.get('/search?q=Ann+Leaver&type=person').expect(200)
    expect(mainOf(text)).to.not.include('ann-leaver')
    expect(linksOn((await reader.get('/people')).text)).to.not.include('/people/ann-leaver')
  })

  it('get whoever saves them as owner when that is chosen, and stay without one when it is not', async () => {
    const article = await anArticle(site, ann)
    const path = `/knowledge/${article.slug}`
    const page = (await reader.get(`${path}/edit`).expect(200)).text
    expect(load(page)('#owner option').text()).to.include('Nobody at present: Ann Leaver has left').and.include('You')
    await reader
      .post(path)
      .type('form')
      .send({ ...formOn(page, path), ...published })
      .expect(303)
    expect((await kept(article)).owner).to.deep.equal({ personId: ann._id })
    const form = formOn((await reader.get(`${path}/edit`)).text, path)
    await reader
      .post(path)
      .type('form')
      .send({ ...form, owner: '@writer', ...published })
      .expect(303)
    expect(await kept(article)).to.deep.include({ owner: { personId: person._id }, authorIds: [ann._id] })
  })

  it('do not go back to a first author who left when their team gives them up', async () => {
    const team = await aTeam(site, own)
    const article = await anArticle(site, ann, { owner: { teamId: team._id } })
    const path = `/knowledge/${article.slug}`
    const page = (await reader.get(`${path}/edit`).expect(200)).text
    expect(load(page)('#owner option').text()).to.not.include('The first author')
    await reader
      .post(path)
      .type('form')
      .send({ ...formOn(page, path), owner: 'me', ...published })
      .expect(303)
    expect((await kept(article)).owner).to.deep.equal({ personId: person._id })
  })

  it('let nobody take an article from an owner who is here', async () => {
    const owner = await aPerson(site, { name: 'Olga Owner', organisation: own })
    const article = await anArticle(site, owner)
    const path = `/knowledge/${article.slug}`
    const form = formOn((await reader.get(`${path}/edit`)).text, path)
    await reader
      .post(path)
      .type('form')
      .send({ ...form, owner: '@writer', ...published })
      .expect(303)
    expect((await kept(article)).owner).to.deep.equal({ personId: owner._id })
  })
})
