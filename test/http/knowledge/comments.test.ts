import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anArticle, anOrganisation, aPerson, asReader } from '../../support/builders.ts'
import { formOn, problemsOn, type Typed } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Account = Person & { email: string }

describe('comments under an article', () => {
  let site: TestSite
  let owner: Account
  let ofOwner: Browser
  let reader: Account
  let browser: Browser
  let article: Article
  let page: string

  before(async () => {
    site = await startTestSite()
    owner = await aPerson(site, { name: 'Olive Owner' })
    ofOwner = await site.signInAs(owner)
    reader = await aPerson(site, { name: 'Ray Reader' })
    browser = await site.signInAs(reader)
  })
  beforeEach(async () => {
    article = await anArticle(site, owner, { title: 'Moving hosts' })
    page = `/knowledge/${article.slug}`
  })
  after(() => site.close())

  const shown = async (from = browser) => {
    const $ = load((await from.get(page).expect(200)).text)
    return $('.comment')
      .toArray()
      .map(one => ({
        text: $(one).find('.prose').text().trim(),
        facts: $(one).find('.row__facts').text(),
        isResolved: $(one).closest('details').length > 0,
        actions: $(one)
          .find('form')
          .toArray()
          .map(form => form.attribs.action ?? ''),
      }))
  }
  const form = async (from = browser): Promise<Typed> => formOn((await from.get(page).expect(200)).text, `${page}/comments`)
  async function comment(words: string, from = browser): Promise<string> {
    const sent: Typed = { ...(await form(from)), comment: words }
    await from.post(`${page}/comments`).type('form').send(sent).expect(303)
    return String(sent.id)
  }
  const notified = async (from: Browser) =>
    load((await from.get('/notifications')).text)('.notification button')
      .toArray()
      .map(button => load(button).text())
  const found = async (words: string, from = browser) => {
    await site.services.indexer.settled()
    return (await from.get(`/search?q=${words}&type=article`).expect(200)).text.includes(`href="${page}"`)
  }

  it('stand below it, oldest first, as harmless Markdown, with who and when; sent twice, they are there once', async () => {
    const sent: Typed = { ...(await form()), comment: 'Works with **version 8** too.<script>x</script>' }
    const answer = await browser.post(`${page}/comments`).type('form').send(sent).expect(303)
    expect(answer.headers.location).to.equal(`${page}#comment-${sent.id}`)
    await browser.post(`${page}/comments`).type('form').send(sent).expect(303)
    await comment('Thank you.', ofOwner)
    const [first, second, ...others] = await shown()
    expect(others).to.deep.equal([])
    expect([first?.text, second?.text]).to.deep.equal(['Works with version 8 too.<script>x</script>', 'Thank you.'])
    expect(first?.facts).to.match(/^Ray Reader, \d+ \w+ \d{4} at /)
    await browser
      .post(`${page}/comments`)
      .type('form')
      .send({ ...sent, comment: 'Another' })
      .expect(409)
  })

  it('are refused empty or too long, beside the field, with what was typed', async () => {
    expect(problemsOn((await browser.post(`${page}/comments`).type('form').send({ comment: '  ' }).expect(422)).text)).to.deep.equal({
      comment: 'Write a comment',
    })
    const long = await browser
      .post(`${page}/comments`)
      .type('form')
      .send({ comment: 'x'.repeat(10_001) })
      .expect(422)
    expect(load(long.text)('textarea[name=comment]').text()).to.have.length(10_001)
    expect(await shown()).to.deep.equal([])
  })

  it('on a passage stand under its words, which lead to them for as long as the article says them', async () => {
    const text =
      'Stop the *old* host — then wait.\n\n| Day | Who |\n|---|---|\n| Monday | R&D <all> |\n\nNobody works in the week-end, as agreed by all.'
    article = await anArticle(site, owner, { title: 'Moving on', text })
    page = `/knowledge/${article.slug}`
    const send = async (passage: string) =>
      browser
        .post(`${page}/comments`)
        .type('form')
        .send({ ...(await form()), passage, comment: 'Why?' })
    const refused = await send('Stop the new host')
    expect([refused.status, Object.keys(problemsOn(refused.text))]).to.deep.equal([422, ['passage']])
    expect(load(refused.text)('input[name=passage]').val()).to.equal('Stop the new host')
    expect(load(refused.text)('details:has(input[name=passage])').attr('open')).to.not.equal(undefined)
    expect((await send('x'.repeat(301))).status).to.equal(422)
    for (const passage of ['old host — then', 'Who\tMonday R&D <all>', 'works in the week-end, as agreed by all.'])
      expect((await send(passage)).status, passage).to.equal(303)
    const passages = async () => {
      const $ = load((await browser.get(page).expect(200)).text)
      return $('.comment blockquote.passage')
        .toArray()
        .map(one => [$(one).text(), $(one).find('a').attr('href')])
    }
    expect(await passages()).to.deep.equal([
      ['old host — then', `${page}#:~:text=old%20host%20%E2%80%94%20then`],
      ['Who Monday R&D <all>', `${page}#:~:text=Who%20Monday%20R%26D%20%3Call%3E`],
      ['works in the week-end, as agreed by all.', `${page}#:~:text=works%20in%20the,agreed%20by%20all.`],
    ])
    const write = new IndexedWrite<Article>(site.services.models.articles, 'title', site.services.clock)
    await write.update({ _id: article._id }, { $set: { text: 'Stop the old host.' } })
    expect((await passages())[0]).to.deep.equal(['old host — then (no longer in the article)', undefined])
  })

  it('have an address that leads to the page they stand on', async () => {
    const first = await comment('The first.')
    const at = article.createdAt
    await site.services.models.comments.insertMany(
      Array.from({ length: 50 }, (_, number) => ({
        ...{ _id: newId(), parentType: 'article', parentId: article._id, byId: reader._id, text: 'x', rev: 1 },
        at: new Date(at.getTime() + 3_600_000 + number),
      })),
    )
    await browser.get(`${page}/comments/${first}`).expect(303).expect('Location', `${page}?comments=2#comment-${first}`)
    expect((await browser.get(`${page}?comments=2`).expect(200)).text).to.include(`id="comment-${first}"`)
    const last = await comment('The last.')
    await site.services.models.comments.updateOne({ _id: last }, { $set: { at: new Date(at.getTime() + 7_200_000) } })
    await browser.get(`${page}/comments/${last}`).expect(303).expect('Location', `${page}#comment-${last}`)
    await browser.get(`${page}/comments/${newId()}`).expect(404)
  })

  it('are resolved, opened again and deleted by whoever wrote them and those who keep the article, by nobody else', async () => {
    const id = await comment('The link is broken.')
    const other = await site.signInAs(await aPerson(site))
    expect((await shown(other))[0]?.actions).to.deep.equal([])
    for (const deed of ['resolve', 'reopen', 'delete']) await other.post(`${page}/comments/${id}/${deed}`).expect(403)
    const [resolve] = (await shown(ofOwner))[0]?.actions ?? []
    await ofOwner
      .post(resolve ?? '')
      .expect(303)
      .expect('Location', `${page}#comments`)
    expect((await shown())[0])
      .to.include({ isResolved: true })
      .and.property('facts')
      .that.includes('Resolved by Olive Owner')
    await browser.post(`${page}/comments/${id}/reopen`).expect(303)
    expect((await shown())[0]?.isResolved).to.equal(false)
    await browser.post(`${page}/comments/${id}/delete`).expect(303)
    expect(await shown()).to.deep.equal([])
    await browser.post(`${page}/comments/${id}/resolve`).expect(404)
    const elsewhere = await anArticle(site, owner)
    const kept = await comment('Stays.')
    await ofOwner.post(`/knowledge/${elsewhere.slug}/comments/${kept}/delete`).expect(404)
  })

  it('are found by their words through the article, until they are deleted', async () => {
    expect(await found('marmalade')).to.equal(false)
    const id = await comment('It smells of marmalade.')
    expect(await found('marmalade')).to.equal(true)
    expect((await site.services.drift.check({})).differences).to.deep.equal([])
    await browser.post(`${page}/comments/${id}/delete`).expect(303)
    expect(await found('marmalade')).to.equal(false)
    expect(await site.services.models.comments.countDocuments({ _id: id }), 'the tombstone went').to.equal(0)
  })

  it('of a process that ended before the index knew are found later, and those changed meanwhile are not forgotten', async () => {
    const id = await comment('About quincejelly.')
    await site.services.indexer.settled()
    const { comments } = site.services.models
    await comments.updateOne({ _id: id }, { $set: { text: 'About crabapples.', pendingSince: new Date() }, $inc: { rev: 1 } })
    await site.services.comments.childrenOf('article').raised([{ _id: id, parentId: article._id, rev: 1 }])
    expect(await comments.countDocuments({ pendingSince: { $exists: true } }), 'of an older rev').to.equal(1)
    expect(await found('crabapples')).to.equal(true)
    expect(await found('quincejelly')).to.equal(false)
    expect(await comments.countDocuments({ pendingSince: { $exists: true } })).to.equal(0)
  })

  it('are told to its owner, to who commented before, and to who follows it; not to whoever wrote them', async () => {
    const follower = await aPerson(site, { name: 'Flo Follower' })
    const ofFollower = await site.signInAs(follower)
    await ofFollower.post(`/following/article/${article.slug}`).type('form').send({}).expect(303).expect('Location', page)
    const earlier = await site.signInAs(await aPerson(site, { name: 'Eve Early' }))
    await comment('First.', earlier)
    await comment('Second.')
    const words = 'Ray Reader commented on “Moving hosts”'
    for (const told of [ofOwner, ofFollower, earlier]) expect(await notified(told)).to.include(words)
    expect(await notified(browser)).to.not.include(words)
    expect((await ofFollower.get('/following')).text).to.include(`href="${page}"`)
    await site.services.articleWriting.remove(asReader(owner), article.slug)
    expect(await site.services.models.comments.countDocuments({ parentId: article._id })).to.equal(0)
    for (const told of [ofFollower, earlier]) expect(await notified(told)).to.not.include(words)
  })

  it('do not exist for whoever may not read the article: not there, not in the search, not in a notification', async () => {
    const holders = await anOrganisation(site)
    const author = await aPerson(site, { organisation: holders })
    const colleague = await aPerson(site, { organisation: holders })
    article = await anArticle(site, author, { title: 'Kept close', visibility: 'organisation' })
    page = `/knowledge/${article.slug}`
    await site.services.models.followings.updateOne(
      { _id: reader._id },
      { $set: { follows: [`article:${article._id}`] } },
      { upsert: true },
    )
    const ofColleague = await site.signInAs(colleague)
    const id = await comment('Says gooseberryfool.', ofColleague)
    expect(await found('gooseberryfool', ofColleague), 'twin').to.equal(true)
    expect(await notified(await site.signInAs(author)), 'twin').to.have.length(1)
    expect(await found('gooseberryfool')).to.equal(false)
    expect((await notified(browser)).join()).to.not.include('Kept close')
    await browser.get(`${page}/comments/${id}`).expect(404)
    for (const path of ['', `/${id}/resolve`, `/${id}/reopen`, `/${id}/delete`])
      await browser.post(`${page}/comments${path}`).type('form').send({ comment: 'x' }).expect(404)
  })
})
