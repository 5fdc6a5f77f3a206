import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, linksOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const minuteMs = 60_000
const word = 'tourmaline'

describe('what is typed and not saved', () => {
  const clock = new MovableClock()
  let site: TestSite
  let own: Organisation
  let author: Person & { email: string }
  let colleague: Person & { email: string }
  let browser: Browser
  let theirs: Browser
  let article: Article
  let path: string

  before(async () => {
    site = await startTestSite({ clock })
    own = await anOrganisation(site, { name: 'Cheshire' })
    author = await aPerson(site, { name: 'Ann Lee', organisation: own })
    colleague = await aPerson(site, { name: 'Ben Comma', organisation: own })
    browser = await site.signInAs(author)
    theirs = await site.signInAs(colleague)
  })
  beforeEach(async () => {
    article = await anArticle(site, author, { title: 'Two writers', text: 'As it was', authorIds: [author._id, colleague._id] })
    path = `/knowledge/${article.slug}`
  })
  after(() => site.close())

  const post = (to: string, typed: object, by = browser) => by.post(to).type('form').send(typed)
  const page = async (address: string, by = browser) => (await by.get(address).expect(200)).text
  const typed = async (text: string, by = browser) => ({ ...formOn(await page(`${path}/edit`, by), path), text })
  const keep = async (text: string, by = browser) => post(`${path}/working-text`, await typed(text, by), by).expect(204)
  const offer = (html: string) => load(html)('.govuk-inset-text').text()
  const kept = () => site.services.models.workingTexts.countDocuments({ articleId: article._id })
  const toSave = Object.fromEntries([['then', 'publish']])

  it('is offered to its writer when the form is opened again, to be continued', async () => {
    await keep(`${word} and more`)
    const again = await page(`${path}/edit`)
    expect(offer(again)).to.match(/You have text of \d\d:\d\d that is not saved as a revision\./)
    expect(formOn(again, path).text).to.equal('As it was')
    expect(load(again)('form[data-working-text]'), 'what is offered is not overwritten').to.have.length(0)
    const href = linksOn(again).find(link => link.includes('working-text=continue')) ?? ''
    const continued = await page(href)
    expect(formOn(continued, path)).to.include({ text: `${word} and more`, revision: '1' })
    expect(load(continued)('form[data-working-text]').attr('data-working-text')).to.equal(`${path}/working-text`)
    expect(await page(path)).to.not.include(word)
    await post(path, { ...formOn(continued, path), ...toSave }).expect(303)
    expect(await page(path)).to.include(word)
    expect(offer(await page(`${path}/edit`))).to.equal('')
    expect(await kept()).to.equal(0)
  })

  it('is merged with what was saved since', async () => {
    await keep('As it was\n\nMine')
    await post(path, { ...(await typed('Theirs\n\nAs it was', theirs)), ...toSave }, theirs).expect(303)
    const continued = formOn(await page(`${path}/edit?working-text=continue`), path)
    expect(continued).to.include({ text: 'As it was\n\nMine', revision: '1' })
    const refused = await post(path, { ...continued, ...toSave }).expect(409)
    expect(String(formOn(refused.text, path).text))
      .to.include('Mine')
      .and.include('Theirs')
  })

  it('is discarded when its writer says so, and is not offered when it is what is saved', async () => {
    await keep('Thrown away')
    await post(`${path}/working-text/discard`, {}).expect(303).expect('Location', `${path}/edit`)
    expect(await kept()).to.equal(0)
    await keep('As it was')
    expect(offer(await page(`${path}/edit`))).to.equal('')
  })

  it('is not lost when the form is saved without a decision on it', async () => {
    await keep('Mine of yesterday')
    const undecided = { ...formOn(await page(`${path}/edit`), path), text: 'Of today', ...toSave }
    const refused = await post(path, { ...undecided, title: '' }).expect(422)
    expect(load(refused.text)('form[data-working-text]')).to.have.length(0)
    await post(path, { ...formOn(refused.text, path), title: 'Two writers', ...toSave }).expect(303)
    expect(offer(await page(`${path}/edit`))).to.include('You have text of')
    expect(formOn(await page(`${path}/edit?working-text=continue`), path).text).to.equal('Mine of yesterday')
  })

  it('of a new article is kept until the article is there', async () => {
    const fresh = formOn(await page('/knowledge/new'), '/knowledge')
    await post('/knowledge/new/working-text', { ...fresh, title: 'Begun', kind: 'lesson-learned', text: word }).expect(204)
    expect(offer(await page('/knowledge/new'))).to.include('You have text of')
    expect(offer(await page('/knowledge/new', theirs))).to.equal('')
    const continued = formOn(await page('/knowledge/new?working-text=continue'), '/knowledge')
    expect(continued).to.include({ title: 'Begun', kind: 'lesson-learned', text: word })
    await post('/knowledge', { ...continued, ...toSave }).expect(303)
    expect(offer(await page('/knowledge/new'))).to.equal('')
  })

  it('is told to others who may write the article, for ten minutes: who and since when, never what', async () => {
    await keep(word)
    const told = await page(`${path}/edit`, theirs)
    expect(offer(told)).to.match(/Ann Lee is editing this since \d\d:\d\d\./)
    expect(told).to.not.include(word)
    expect(offer(await page(`${path}/edit`)), 'not to oneself').to.not.include('is editing this')
    clock.move(9 * minuteMs)
    await keepOn(`${word} still`)
    clock.move(9 * minuteMs)
    expect(offer(await page(`${path}/edit`, theirs))).to.include('Ann Lee is editing this since')
    clock.move(2 * minuteMs)
    expect(offer(await page(`${path}/edit`, theirs))).to.equal('')
  })

  const keepOn = (text: string) => post(`${path}/working-text`, { text }).expect(204)

  it('is not for those who may not change the article, and they are told of nobody', async () => {
    await keep(word)
    const reader = await site.signInAs(await aPerson(site, { name: 'Rae Reader' }))
    for (const address of ['working-text', 'working-text/discard']) await post(`${path}/${address}`, { text: 'x' }, reader).expect(403)
    await reader.get(`${path}/edit?working-text=continue`).expect(403)
    expect(await page(path, reader))
      .to.not.include('is editing')
      .and.not.include(word)
    const hidden = await anArticle(site, author, { state: 'draft' })
    for (const address of ['working-text', 'working-text/discard'])
      await post(`/knowledge/${hidden.slug}/${address}`, { text: 'x' }, reader).expect(404)
    expect(await kept()).to.equal(1)
  })

  it('goes with the article, with its writer, and after 30 days', async () => {
    await keep(word)
    await keep(word, theirs)
    await site.services.leavers.leave(colleague)
    expect(await kept()).to.equal(1)
    clock.move(29 * 24 * 60 * minuteMs)
    expect(await site.services.workingTexts.forgetOld()).to.equal(0)
    await site.services.articleWriting.remove(asReader(author), article.slug)
    expect(await kept()).to.equal(0)
    browser = await site.signInAs(author)
    await post('/knowledge/new/working-text', { text: word }).expect(204)
    clock.move(31 * 24 * 60 * minuteMs)
    expect(await site.services.workingTexts.forgetOld()).to.be.greaterThan(0)
    expect(await site.services.models.workingTexts.countDocuments({})).to.equal(0)
  })
})
