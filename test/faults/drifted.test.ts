import { expect } from 'chai'
import type { Article } from '../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../server/people/personModel.ts'
import type { Difference } from '../../server/search/indexing/drift.ts'
import type { SearchDocument } from '../../server/search/searchEngine.ts'
import type { Services } from '../../server/services.ts'
import { IndexedWrite } from '../../server/storage/indexedWrite.ts'
import { allowWrite } from '../../server/storage/searchable.ts'
import { anArticle, aPerson } from '../support/builders.ts'
import type { TestSite } from '../support/testSite.ts'
import { inFull } from './support/full.ts'
import { Place } from './support/place.ts'

const planted = inFull(1_000, 100)
const walks = inFull(20, 4)
const writesPerSecond = 20

/** What can be wrong with a copy, how it comes about, and what the check must call it. */
const faults: ((services: Services, live: string, article: Article, copy: SearchDocument) => Promise<string>)[] = [
  async function missing({ engine }, live, { _id, rev }) {
    await engine.bulk(live, [{ remove: { id: _id, rev: rev + 1 } }])
    return `missing ${_id}`
  },
  async function ghost({ engine }, live, { _id }, copy) {
    await engine.bulk(live, [{ write: { ...copy, id: `ghost-of-${_id}` } }])
    return `ghost ghost-of-${_id}`
  },
  async function stale({ models }, _live, { _id }) {
    await allowWrite(models.articles.updateOne({ _id }, { $set: { title: 'Changed without a mark' }, $inc: { rev: 1 } }))
    return `stale ${_id}`
  },
  async function changed({ engine }, live, { _id }, copy) {
    await engine.bulk(live, [{ write: { ...copy, text: { ...copy.text, title: 'Changed by nobody' } } }])
    return `different ${_id}`
  },
  async function wrongReaders({ engine }, live, { _id }, copy) {
    await engine.bulk(live, [{ write: { ...copy, readers: ['public'] } }])
    return `different ${_id}`
  },
]

for (const [name, open] of Object.entries({ 'embedded stores': async () => Place.embedded(), 'real engines': () => Place.real() })) {
  describe(`the drift check on ${name}`, () => {
    let place: Place

    before(async () => {
      place = await open()
      await place.settle()
    })
    after(() => place.remove())

    it(`finds and repairs ${planted} planted faults in one walk, and nothing else`, () =>
      place.with(async services => {
        const expected = await plant(services)
        const { differences, repaired } = await services.drift.check({ repair: true })
        expect(differences.map(named).sort()).to.deep.equal(expected.sort())
        expect(repaired).to.equal(planted)
        await services.indexer.settled()
        expect((await services.drift.check()).differences).to.deep.equal([])
      }))

    it(`reports no false difference in ${walks} walks under ${writesPerSecond} writes a second`, () =>
      place.with(async services => {
        const author = await aPerson({ services } as TestSite, { name: 'Wanda Writer' })
        services.indexer.start()
        const writing = new Writing(services, author)
        for (let walk = 0; walk < walks; walk++) {
          await new Promise(later => setTimeout(later, 300))
          expect((await services.drift.check()).differences).to.deep.equal([])
        }
        expect(await writing.stop()).to.be.greaterThan(walks * 3)
      }))
  })
}

const named = ({ kind, id }: Difference) => `${kind} ${id}`

/** @returns what the check must find, one for each fault */
async function plant(services: Services): Promise<string[]> {
  const site = { services } as TestSite
  const author = await aPerson(site, { name: 'Dora Drifter' })
  const articles: Article[] = []
  for (let number = 0; number < planted; number++) articles.push(await anArticle(site, author, { title: `Drifting ${number}` }))
  await services.indexer.settled()
  const { live } = (await services.searchIndexes.of('article')) as { live: string }
  await services.engine.refresh(live)
  const copies = new Map<string, SearchDocument>()
  for await (const page of services.engine.walk(live, 500)) for (const copy of page) copies.set(copy.id, copy)
  const expected: string[] = []
  for (const [number, article] of articles.entries()) {
    const fault = faults[number % faults.length] as (typeof faults)[number]
    expected.push(await fault(services, live, article, copies.get(article._id) as SearchDocument))
  }
  return expected
}

/** Makes, changes and deletes articles without end. */
class Writing {
  private stopping = false
  private count = 0
  private readonly working: Promise<void>

  constructor(services: Services, author: Person) {
    this.working = this.work(services, author)
  }

  async stop(): Promise<number> {
    this.stopping = true
    await this.working
    return this.count
  }

  private async work(services: Services, author: Person): Promise<void> {
    const write = new IndexedWrite<Article>(services.models.articles, 'title', services.clock)
    for (; !this.stopping; this.count++) {
      const { _id } = await anArticle({ services } as TestSite, author, { title: `Written ${this.count}` })
      if (this.count % 3 === 0) await write.update({ _id }, { $set: { title: `Changed ${this.count}` } })
      if (this.count % 7 === 0) await write.erase({ _id })
      await new Promise(later => setTimeout(later, 1_000 / writesPerSecond))
    }
  }
}
