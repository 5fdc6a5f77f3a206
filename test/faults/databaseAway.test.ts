import { expect } from 'chai'
import { engines } from './support/engines.ts'
import { inFull } from './support/full.ts'
import { Readers, Writers } from './support/load.ts'
import { Place } from './support/place.ts'
import { SiteProcess } from './support/siteProcess.ts'
import { verify } from './support/verify.ts'

const awayMs = inFull(60_000, 6_000)
const toldWithinMs = 2_000
const backWithinMs = 10_000

describe(`MongoDB away for ${awayMs / 1_000} s`, () => {
  let place: Place
  let site: SiteProcess
  let cookie: string
  const loads: (Writers | Readers)[] = []

  before(async () => {
    place = await Place.real()
    const account = await place.settle()
    site = await SiteProcess.start(place)
    cookie = await site.signIn(account)
  })
  afterEach(async () => {
    await Promise.all(loads.splice(0).map(load => load.stop()))
  })
  after(async () => {
    await engines.start()
    await site.stop()
    await place.remove()
  })

  const statusOf = (path: string) => site.get(path, cookie).then(({ status }) => status)

  for (const [fault, begin, end] of [
    ['killed', () => engines.kill('mongo'), () => engines.start().then(() => undefined)],
    ['hanging', () => engines.pause('mongo'), () => engines.resume('mongo')],
  ] as const) {
    it(`${fault}: a page says so within 2 s and when to come back, no request hangs, and pages are back soon after it is`, async () => {
      const writers = new Writers(site, cookie, 10).start()
      const readers = new Readers(site, cookie, 10).start()
      loads.push(writers, readers)
      await wait(2_000)
      const [began] = [performance.now(), await begin()]
      const toldMs = await until(async () => (await statusOf('/people')) === 503, began)
      const refused = await site.get('/people', cookie)
      expect(Number(refused.headers.get('retry-after'))).to.be.greaterThan(0)
      expect((await site.get('/health/ready')).status).to.equal(503)
      expect((await site.get('/health/live')).status).to.equal(200)
      await wait(awayMs)
      await end()
      const backMs = await until(async () => (await statusOf('/people')) === 200, performance.now())
      await wait(1_000)
      await Promise.all([writers.stop(), readers.stop()])
      const slowestMs = Math.max(writers.answers.slowestMs, readers.answers.slowestMs)
      console.log(
        `      told after ${Math.round(toldMs)} ms, back ${Math.round(backMs)} ms after its return, slowest answer ${Math.round(slowestMs)} ms`,
      )
      expect(toldMs).to.be.below(toldWithinMs + 500)
      expect(backMs).to.be.below(backWithinMs)
      expect(slowestMs).to.be.below(10_000)
      expect([...readers.answers.reasons], 'everybody is answered').to.deep.equal([])
      expect([...readers.answers.byStatus.keys()].sort(), 'served, or told').to.deep.equal([200, 503])
      await site.stop()
      expect(await place.with(services => verify(services, writers.written.values()))).to.deep.include({ lost: [], drift: 0 })
      await site.start()
    })
  }

  it('told to stop while 20 write: what was begun is answered, it ends within 10 s, and nothing is lost', async () => {
    const writers = new Writers(site, cookie, 20).start()
    await wait(1_000)
    const began = performance.now()
    await site.stop()
    const endedMs = performance.now() - began
    await writers.stop()
    console.log(`      ended after ${Math.round(endedMs)} ms`)
    expect(endedMs).to.be.below(10_000)
    expect([...writers.answers.byStatus.keys()].filter(status => status >= 400)).to.deep.equal([])
    expect(await place.with(services => verify(services, writers.written.values()))).to.deep.include({ lost: [], drift: 0 })
    await site.start()
  })
})

/** @returns how long after `began` it was so, in ms */
async function until(reached: () => Promise<boolean>, began: number): Promise<number> {
  for (const deadline = Date.now() + 60_000; !(await reached()); ) {
    if (Date.now() > deadline) throw new Error('It does not come')
    await wait(20)
  }
  return performance.now() - began
}

const wait = (ms: number) => new Promise<void>(later => setTimeout(later, ms))
