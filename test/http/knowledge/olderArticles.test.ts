import { expect } from 'chai'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { articlesAreReviewed } from '../../../server/storage/migrations/articlesAreReviewed.ts'
import { anArticle, aPerson, asReader } from '../../support/builders.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

describe('articles of before there were reviews', () => {
  let site: TestSite
  before(async () => {
    site = await startTestSite()
  })
  after(() => site.close())

  it('are marked, and get a first date for their review by their kind; they can be read before and after', async () => {
    const author = await aPerson(site)
    const browser = await site.signInAs(author)
    const { connection } = site.services.storage
    const updatedAt = new Date('2019-03-05')
    await anArticle(site, author, { slug: 'old', kind: 'service-level-agreement', updatedAt })
    await anArticle(site, author, { slug: 'old-draft', state: 'draft', updatedAt })
    await site.services.articleWriting.remove(asReader(author), (await anArticle(site, author, { slug: 'gone' })).slug)
    await connection.collection('articles').updateMany({}, { $unset: { marking: 1, fields: 1, changes: 1, thankedIds: 1 } })
    for (const page of ['', '/edit', '/history', '/review']) await browser.get(`/knowledge/old${page}`).expect(200)

    expect(await articlesAreReviewed.plan(connection)).to.deep.equal([
      'mark 2 articles OFFICIAL, and date the review of those that are published',
    ])
    const reached: number[] = []
    const work = { connection, position: undefined, reached: async (_: string, done: number) => void reached.push(done) }
    await articlesAreReviewed.run(work)
    await articlesAreReviewed.run(work)
    expect(reached).to.deep.equal([2])
    expect(await articlesAreReviewed.plan(connection)).to.deep.equal([])
    const old = await kept('old')
    expect(old).to.deep.include({ marking: 'OFFICIAL', fields: [], state: 'published' })
    const months = (old?.reviewDueAt?.getUTCMonth() ?? 0) - updatedAt.getUTCMonth()
    expect(Math.abs(months) % 6, 'half a year, or a whole one').to.equal(0)
    expect(old?.reviewDueAt?.getTime()).to.be.within(Date.now(), Date.now() + 190 * 86_400_000)
    expect(await kept('old-draft'))
      .to.include({ marking: 'OFFICIAL' })
      .and.not.have.property('reviewDueAt')
    for (const page of ['', '/edit', '/history', '/review']) await browser.get(`/knowledge/old${page}`).expect(200)
  })

  const kept = (slug: string) => site.services.models.articles.findOne({ slug }).asSystem('a test looks at what was kept').lean<Article>()
})
