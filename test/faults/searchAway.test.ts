import { expect } from 'chai'
import { engines } from './support/engines.ts'
import { inFull } from './support/full.ts'
import { Readers, Writers } from './support/load.ts'
import { Place } from './support/place.ts'
import { SiteProcess } from './support/siteProcess.ts'
import { verify } from './support/verify.ts'

const awayMs = inFull(300_000, 15_000)
const caughtUpWithinMs = 120_000

describe(`Elasticsearch away for ${awayMs / 1_000} s, at 20 writes and 50 reads a second`, () => {
  let place: Place
  let site: SiteProcess
  let cookie: string

  before(async () => {
    place = await Place.real()
    const account = await place.settle()
    site = await SiteProcess.start(place)
    cookie = await site.signIn(account)
  })
  after(async () => {
    await engines.start()
    await site.stop()
    await place.remove()
  })

  /** Loads the site while the fault lasts and for a while before and after it. */
  async function load(beginFault: () => Promise<void>, endFault: () => Promise<void>) {
    const writers = new Writers(site, cookie, 10, { perSecond: 20 }).start()
    const readers = new Readers(site, cookie, 20, { perSecond: 50 }).start()
    await wait(3_000)
    await beginFault()
    await wait(awayMs)
    await endFault()
    const returned = performance.now()
    await wait(2_000)
    await Promise.all([writers.stop(), readers.stop()])
    return { writers, readers, returned }
  }

  for (const [fault, begin, end] of [
    ['killed', () => engines.kill('elastic'), () => engines.start().then(() => undefined)],
    ['hanging', () => engines.pause('elastic'), () => engines.resume('elastic')],
  ] as const) {
    it(`${fault}: no failed save, no failed page, a notice; everything is found after its return`, async () => {
      const { writers, readers, returned } = await load(begin, end)
      const pending = async () => /skillpool_pending_records(?:\{[^}]*\})? ([1-9]\d*)/.test(await (await site.get('/metrics')).text())
      while ((await pending()) && performance.now() - returned < caughtUpWithinMs) await wait(200)
      const caughtUpMs = performance.now() - returned
      console.log(
        `      ${writers.answers.total} writes, ${readers.answers.total} reads (${readers.plain} from the database), slowest page ${Math.round(readers.answers.slowestMs)} ms, caught up ${(caughtUpMs / 1_000).toFixed(1)} s after the return`,
      )
      expect(writers.answers.failed, 'failed saves').to.equal(0)
      expect(readers.answers.failed, 'failed pages').to.equal(0)
      expect(readers.plain, 'answers with the notice').to.be.greaterThan(0)
      expect(caughtUpMs).to.be.below(caughtUpWithinMs)
      await site.stop()
      const verdict = await place.with(services => verify(services, writers.written.values()))
      expect(verdict).to.deep.include({ lost: [], drift: 0 })
      await site.start()
    })
  }
})

const wait = (ms: number) => new Promise<void>(later => setTimeout(later, ms))
