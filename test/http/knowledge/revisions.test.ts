import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { anOrganisation, aPerson } from '../../support/builders.ts'
import { formOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const published = Object.fromEntries([['then', 'publish']])
const asDraft = Object.fromEntries([['then', 'draft']])

describe('the revisions of an article', () => {
  let site: TestSite
  let browser: Browser
  let reader: Browser
  let path: string

  before(async () => {
    site = await startTestSite()
    const own = await anOrganisation(site)
    browser = await site.signInAs(await aPerson(site, { name: 'Ada Writer', organisation: own }))
    await aPerson(site, { name: 'Tia Thanked' })
    reader = await site.signInAs(await aPerson(site))
    const first = {
      title: 'Moving hosts',
      kind: 'how-to',
      text: 'A secret draft.',
      visibility: 'partnership',
      'field-minutes': '30',
      ...asDraft,
    }
    path = String((await browser.post('/knowledge').type('form').send(first).expect(303)).headers.location)
    await save({ text: 'Take the old host down.\n\nThen lunch.', ...published })
    await save({ text: 'Take the new host down.\n\nThen lunch.', 'field-minutes': '40', summary: 'The other host', thanks: 'Tia Thanked' })
  })
  after(() => site.close())

  async function save(given: object): Promise<void> {
    const form = formOn((await browser.get(`${path}/edit`).expect(200)).text, path)
    await browser
      .post(path)
      .type('form')
      .send({ ...form, ...published, ...given })
      .expect(303)
  }
  const kept = async () =>
    (await site.services.models.articles
      .findOne({ slug: path.split('/').at(-1) ?? '' })
      .asSystem('a test looks at what was kept')
      .lean<Article>()) as Article

  it('say who saved them, when, and what changed; who is thanked stands on the page', async () => {
    const history = (await reader.get(`${path}/history`).expect(200)).text
    expect(history).to.include('The other host').and.include('by Ada Writer').and.not.include('A secret draft')
    expect(load((await reader.get(path).expect(200)).text)('dt:contains("Thanks to") + dd').text()).to.include('Tia Thanked')
  })

  it('stand side by side, with the words marked that differ', async () => {
    const { text } = await reader.get(`${path}/history/compare?from=2&to=3`).expect(200)
    const $ = load(text)
    const marked = (what: string) =>
      $(what)
        .toArray()
        .map(part => $(part).text())
    expect(marked('del')).to.deep.equal(['30', 'old'])
    expect(marked('ins')).to.deep.equal(['40', 'new'])
    expect($('th').text()).to.include('Revision 2').and.include('Revision 3').and.include('The other host')
    expect((await reader.get(`${path}/history/compare?from=3&to=2`).expect(200)).text, 'the earlier first').to.equal(text)
    expect((await reader.get(`${path}/history/compare`).expect(200)).text, 'the newest with the one before').to.equal(text)
  })

  it('are not compared with those that somebody may not read, or that there are not', async () => {
    for (const query of ['from=1&to=3', 'from=1', 'to=1', 'to=99', 'from=2&to=waiting', 'to=waiting']) {
      const { text } = await reader.get(`${path}/history/compare?${query}`).expect(404)
      expect(text).to.not.include('A secret draft')
    }
    expect((await browser.get(`${path}/history/compare?from=1&to=3`).expect(200)).text, 'twin').to.include('secret')
  })

  it('are brought back as a new one, by those who may change the article', async () => {
    await reader.post(`${path}/history/2/restore`).type('form').send({}).expect(403)
    for (const number of ['99', 'x', '-1']) await browser.post(`${path}/history/${number}/restore`).type('form').send({}).expect(404)
    await browser.post(`${path}/history/2/restore`).type('form').send({}).expect(303).expect('Location', path)
    const article = await kept()
    expect(article).to.include({ text: 'Take the old host down.\n\nThen lunch.', revision: 4, state: 'published' })
    expect(article.fields).to.deep.equal([{ name: 'minutes', number: 30 }])
    expect(article.thankedIds).to.have.length(1)
    const revisions = await site.services.models.revisions
      .find({ _id: { $in: article.revisionIds } })
      .sort({ revision: 1 })
      .lean()
    expect(revisions.map(({ revision, restoredFrom }) => restoredFrom ?? revision)).to.deep.equal([1, 2, 3, 2])
    expect((await reader.get(`${path}/history`).expect(200)).text).to.include('Brought back revision 2')
  })

  it('have nothing that runs, whatever was written', async () => {
    await save({ text: '<script>alert(1)</script> & more' })
    const { text } = await reader.get(`${path}/history/compare`).expect(200)
    expect(text).to.include('&lt;').and.not.include('<script>alert')
  })
})
