import { expect } from 'chai'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, aPerson, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const dayMs = 86_400_000

describe('a clock that jumps', () => {
  let site: TestSite
  let clock: MovableClock
  let person: Person & { email: string }
  let browser: Browser

  before(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
    person = await aPerson(site, { name: 'Clara Clock' })
    browser = await site.signInAs(person)
  })
  after(() => site.close())

  for (const [when, jumpMs] of [
    ['a day ahead', dayMs],
    ['two days back', -2 * dayMs],
    ['ahead to where it was', dayMs],
    ['by a year', 365 * dayMs],
    ['back by two years', -730 * dayMs],
  ] as const) {
    it(`${when} leaves people signed in, and what they save is found`, async () => {
      clock.move(jumpMs)
      await browser.get('/knowledge/new').expect(200)
      const title = `Saved when it was ${when}`
      await anArticle(site, person, { title })
      await site.services.indexer.settled({ withinMs: 10_000 })
      const answer = await site.services.search.search(asReader(person), { q: `"${title}"`, type: 'article', filters: {}, page: 1 })
      expect(answer.isPlain).to.equal(false)
      expect(answer.groups[0]?.total).to.equal(1)
    })
  }

  it('brings the index out of step with nothing', async () => {
    expect((await site.services.drift.check()).differences).to.deep.equal([])
  })
})
