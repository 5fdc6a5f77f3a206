import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, asReader } from '../../support/builders.ts'
import { formOn, headingOf, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('whether an article was useful', () => {
  let site: TestSite
  let author: Person & { email: string }
  let reader: Person & { email: string }
  let ofAuthor: Browser
  let browser: Browser
  let article: Article
  let path: string

  before(async () => {
    site = await startTestSite()
    const own = await anOrganisation(site, { name: 'Cheshire' })
    author = await aPerson(site, { name: 'Ann Lee', organisation: own })
    reader = await aPerson(site, { name: 'Rae Reader' })
    ofAuthor = await site.signInAs(author)
    browser = await site.signInAs(reader)
  })
  beforeEach(async () => {
    article = await anArticle(site, author, { title: 'Of use' })
    path = `/knowledge/${article.slug}`
  })
  after(() => site.close())

  const say = (said: object, by = browser) => by.post(`${path}/useful`).type('form').send(said)
  const shown = async (by = browser) => load((await by.get(path).expect(200)).text)('section[aria-labelledby=useful-heading]').text()
  const votes = () => site.services.models.usefulnessVotes.countDocuments({ articleId: article._id })

  it('is said once by each reader, with an optional why, changed, and taken back', async () => {
    await say({ useful: 'yes' }).expect(303)
    expect(await shown()).to.include('You said yes on')
    await say({ useful: 'no', why: 'The steps are out of date' }).expect(303)
    expect(await shown()).to.include('You said no on')
    expect(formOn((await browser.get(path)).text, `${path}/useful`)).to.include({ useful: 'no', why: 'The steps are out of date' })
    expect(await votes()).to.equal(1)
    await browser.post(`${path}/useful/take-back`).expect(303)
    expect(await shown()).to.not.include('You said')
    expect(await votes()).to.equal(0)
  })

  it('is read by those who keep the article, with whys and without names; by nobody else', async () => {
    const other = await site.signInAs(await aPerson(site, { name: 'Oda Other' }))
    await say({ useful: 'yes', why: 'Saved <b>me</b> a day' }).expect(303)
    await say({ useful: 'no' }, other).expect(303)
    const kept = await shown(ofAuthor)
    expect(kept).to.include('Useful to 1 of 2 people who said so or not.').and.include('Saved <b>me</b> a day')
    expect(kept).to.not.match(/Rae Reader|Oda Other/)
    expect(await shown(other)).to.not.match(/Useful to|a day/)
  })

  it('is refused without an answer, beside the field, with what was typed, and is not for its authors', async () => {
    const again = await say({ why: 'Because' }).expect(422)
    expect(headingOf(again.text)).to.equal('Of use')
    expect(problemsOn(again.text)).to.deep.equal({ useful: 'Choose yes or no' })
    expect(formOn(again.text, `${path}/useful`).why).to.equal('Because')
    expect(Object.keys(problemsOn((await say({ useful: 'yes', why: 'x'.repeat(1_001) }).expect(422)).text))).to.deep.equal(['why'])
    await say({ useful: 'yes' }, ofAuthor).expect(403)
    expect(await shown(ofAuthor)).to.include('Nobody has said yet')
    expect(await votes()).to.equal(0)
  })

  it('does not exist for whoever may not read the article, and goes with it and with whoever said it', async () => {
    const draft = await anArticle(site, author, { state: 'draft' })
    for (const deed of ['useful', 'useful/take-back'])
      await browser.post(`/knowledge/${draft.slug}/${deed}`).type('form').send({ useful: 'yes' }).expect(404)
    await say({ useful: 'yes' }).expect(303)
    const leaver = await aPerson(site, { name: 'Lea Leaver' })
    await say({ useful: 'yes' }, await site.signInAs(leaver)).expect(303)
    await site.services.leavers.leave(leaver)
    expect(await votes()).to.equal(1)
    await site.services.articleWriting.remove(asReader(author), article.slug)
    expect(await votes()).to.equal(0)
  })
})
