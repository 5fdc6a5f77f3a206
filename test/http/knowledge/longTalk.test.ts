import { expect } from 'chai'
import { load } from 'cheerio'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { newId } from '../../../server/storage/newId.ts'
import { anArticle, aPerson } from '../../support/builders.ts'
import { commandsOf } from '../../support/databaseReads.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

/** Signing in and the notifications of every page among them; of an article beside which nothing related stands. */
const mostCalls = 6

describe('the page of an article with 500 comments and 200 revisions', () => {
  let site: TestSite
  let browser: Browser
  let long: Article
  /** Each with the collections that it reads. */
  let calls: string[][]

  before(async () => {
    site = await startTestSite()
    const { models, indexer } = site.services
    const people = [await aPerson(site), await aPerson(site), await aPerson(site)]
    const [author] = people
    if (author === undefined) throw new Error('nobody writes')
    browser = await site.signInAs(author)
    const revisionIds = Array.from({ length: 200 }, () => newId())
    await anArticle(site, author, { slug: 'quiet', title: 'Quiet' })
    long = await anArticle(site, author, { slug: 'long', title: 'Long', revisionIds })
    const at = (number: number) => new Date(2026, 0, 1, 0, number)
    await models.revisions.insertMany(
      revisionIds.map((_id, number) => ({
        ...{ _id, articleId: long._id, revision: number + 1, title: 'Long', text: `Text ${number}` },
        ...{ readers: long.readers, savedAt: at(number), savedById: author._id },
      })),
    )
    const said = (number: number) => ({ byId: people[number % 3]?._id ?? '', text: `Said ${number}.`, at: at(number), rev: 1 })
    await models.comments.insertMany(
      Array.from({ length: 500 }, (_, number) => ({ _id: newId(), parentType: 'article', parentId: long._id, ...said(number) })),
    )
    // What stands beside it is waited for, however slow the machine is.
    site.services.related.patienceMs = 60_000
    // Nothing else asks meanwhile: the indexer works only when it is waited for.
    await indexer.stop()
    await indexer.settled()
    calls = commandsOf(site.services)
  })
  after(() => site.close())

  const callsOf = async (path: string) => {
    const taken: string[][][] = []
    // The fewest of ten: what ends in the background, and a machine that is busy at the wrong moment, only add.
    for (let time = 0; time < 10; time++) {
      await Promise.all([site.services.knownSettings.read(), site.services.knownSynonyms.read()])
      calls.length = 0
      await browser.get(path).expect(200)
      taken.push([...calls])
    }
    return taken.sort((a, b) => a.length - b.length)[0] ?? []
  }

  it('asks its database as often as that of an article without any', async () => {
    const [none, many] = [await callsOf('/knowledge/quiet'), await callsOf('/knowledge/long')]
    expect(many.flat().toSorted()).to.deep.equal(none.flat().toSorted())
    expect(many.flat().length).to.be.above(20)
    expect(many.length).to.be.within(4, mostCalls)
  })

  it('shows the newest comments, and leads to those before', async () => {
    const saidOn = async (path: string) =>
      load((await browser.get(path).expect(200)).text)('#comments .comment .prose')
        .toArray()
        .map(comment => load(comment).text().trim())
    const newest = await saidOn('/knowledge/long')
    expect([newest.length, newest[0], newest.at(-1)]).to.deep.equal([50, 'Said 450.', 'Said 499.'])
    const oldest = await saidOn('/knowledge/long?comments=10')
    expect([oldest.length, oldest[0]]).to.deep.equal([50, 'Said 0.'])
    expect(await saidOn('/knowledge/long?comments=11')).to.deep.equal([])
  })
})
