import { expect } from 'chai'
import type { Services } from '../../server/services.ts'
import { IndexedWrite } from '../../server/storage/indexedWrite.ts'
import { anArticle, aPerson } from '../support/builders.ts'
import type { TestSite } from '../support/testSite.ts'
import { inFull } from './support/full.ts'
import { Readers, Writers } from './support/load.ts'
import { Place } from './support/place.ts'
import { SiteProcess } from './support/siteProcess.ts'
import { verify } from './support/verify.ts'

const articles = inFull(5_000, 300)
const rounds = inFull(5, 1)
const title = 'Standing since the beginning'

describe(`a re-index of ${articles} articles on real engines, while two processes serve 50 reads and 20 writes a second`, () => {
  let place: Place
  let sites: SiteProcess[]
  let cookies: string[]
  let deleted: string[]

  before(async () => {
    place = await Place.real()
    const account = await place.settle()
    deleted = await place.with(fill)
    sites = [await SiteProcess.start(place), await SiteProcess.start(place)]
    cookies = await Promise.all(sites.map(site => site.signIn(account)))
  })
  after(async () => {
    for (const site of sites) await site.stop()
    await place.remove()
  })

  it(`leaves no search without what is there, makes no error, and deletes stay deleted, ${rounds} times over`, async () => {
    const writers = sites.map((site, number) => new Writers(site, cookies[number] as string, 5, { perSecond: 10 }).start())
    const readers = sites.map((site, number) =>
      new Readers(site, cookies[number] as string, 5, {
        perSecond: 25,
        path: '/search?q=standing+beginning&type=article',
        mustHold: '/knowledge/standing-since-the-beginning',
      }).start(),
    )
    await place.with(async services => {
      for (let round = 0; round < rounds; round++) for (const type of services.search.types) await services.reindex.run(type)
    })
    await Promise.all([...writers, ...readers].map(load => load.stop()))
    const reads = readers.reduce((sum, { answers }) => sum + answers.total, 0)
    const slowest = Math.max(...readers.map(({ answers }) => answers.slowestMs))
    console.log(
      `      ${reads} searches (the slowest ${Math.round(slowest)} ms), ${writers.reduce((sum, { answers }) => sum + answers.total, 0)} writes`,
    )
    expect(
      readers.map(({ wrong }) => wrong),
      'searches without what is there',
    ).to.deep.equal([0, 0])
    expect([...readers, ...writers].map(({ answers }) => answers.failed)).to.deep.equal([0, 0, 0, 0])
    expect(
      readers.map(({ plain }) => plain),
      `all from the engine; the sites said: ${sites.map(({ said }) => said).join('\n')}`,
    ).to.deep.equal([0, 0])
    for (const site of sites) await site.stop()
    await place.with(async services => {
      const verdict = await verify(
        services,
        writers.flatMap(({ written }) => [...written.values()]),
      )
      expect(verdict).to.deep.include({ lost: [], drift: 0 })
      for (const id of deleted) expect(await isFound(services, id)).to.equal(false)
    })
    for (const site of sites) await site.start()
  })

  it('would be found out: a page without the title counts as wrong', async () => {
    const reader = new Readers(sites[0] as SiteProcess, cookies[0] as string, 1, {
      path: '/search?q=nowhere',
      mustHold: '/knowledge/standing-since-the-beginning',
    }).start()
    await new Promise(later => setTimeout(later, 300))
    await reader.stop()
    expect(reader.wrong).to.be.greaterThan(0)
  })
})

/** @returns the ids of articles that were deleted */
async function fill(services: Services): Promise<string[]> {
  const site = { services } as TestSite
  const author = await aPerson(site, { name: 'Rita Reindex' })
  await anArticle(site, author, { title })
  const write = new IndexedWrite(services.models.articles, 'title', services.clock)
  const deleted: string[] = []
  for (let number = 0; number < articles; number++) {
    const { _id } = await anArticle(site, author, { title: `Filling ${number}` })
    if (number % 50 !== 0) continue
    await write.erase({ _id })
    deleted.push(_id)
  }
  await services.indexer.settled()
  return deleted
}

async function isFound({ engine, searchIndexes }: Services, id: string): Promise<boolean> {
  const { live } = (await searchIndexes.of('article')) as { live: string }
  for await (const page of engine.walk(live, 500)) if (page.some(copy => copy.id === id)) return true
  return false
}
