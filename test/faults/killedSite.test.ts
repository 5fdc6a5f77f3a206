import { expect } from 'chai'
import { inFull } from './support/full.ts'
import { Writers } from './support/load.ts'
import { Place } from './support/place.ts'
import { SiteProcess } from './support/siteProcess.ts'
import { verify } from './support/verify.ts'

const kills = inFull(50, 4)
const writers = 20
const places: Record<string, () => Place | Promise<Place>> = {
  'embedded stores': () => Place.embedded(),
  'real engines': () => Place.real(),
}

for (const [name, open] of Object.entries(places)) {
  describe(`a site on ${name} that is killed while ${writers} write`, () => {
    let place: Place

    before(async () => {
      place = await open()
    })
    after(() => place.remove())

    it(`loses nothing that it acknowledged in ${kills} times, and nothing of it in the index`, async () => {
      const account = await place.settle()
      const site = await SiteProcess.start(place)
      const load = new Writers(site, await site.signIn(account), writers).start()
      for (let time = 0; time < kills; time++) {
        const before = load.written.size
        await until(() => load.written.size >= before + 20 + ((time * 7) % 30))
        await site.kill()
        await site.start()
      }
      await load.stop()
      await site.kill()
      const verdict = await place.with(services => verify(services, load.written.values()))
      console.log(
        `      ${load.written.size} articles acknowledged, ${load.answers.failed} of ${load.answers.total} requests unanswered; settled in ${(verdict.settledMs / 1_000).toFixed(1)} s`,
      )
      expect(load.written.size).to.be.greaterThan(kills * 20)
      expect(verdict.lost).to.deep.equal([])
      expect(verdict.drift).to.equal(0)
    })

    it('would be found out: an acknowledged article that is not there counts as lost, one that the index lacks as drift', async () => {
      const verdict = await place.with(async services => {
        const ghost = { slug: 'never-written', title: 'Never written', acknowledged: 'x', unanswered: [] }
        const { live } = (await services.searchIndexes.of('article')) as { live: string }
        const [one] = await services.models.articles.find({}).asSystem('a test plants a fault').limit(1).lean()
        await services.engine.bulk(live, [{ remove: { id: one?._id as string, rev: (one?.rev as number) + 1 } }])
        return verify(services, [ghost])
      })
      expect(verdict.lost).to.have.length(1)
      expect(verdict.drift).to.equal(1)
    })
  })
}

async function until(reached: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 120_000; !reached(); ) {
    if (Date.now() > deadline) throw new Error('The site does not serve the writers')
    await new Promise(later => setTimeout(later, 10))
  }
}
