import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { inFull } from './support/full.ts'
import { Answers, Writers } from './support/load.ts'
import { Place } from './support/place.ts'
import { SiteProcess } from './support/siteProcess.ts'

const overloadMs = inFull(180_000, 10_000)
/** Many more than are worked on and wait together. */
const people = 600

describe(`far more people than can be served, for ${overloadMs / 1_000} s`, () => {
  let place: Place
  let site: SiteProcess
  let cookie: string

  before(async () => {
    place = Place.embedded()
    const account = await place.settle()
    site = await SiteProcess.start(place)
    cookie = await site.signIn(account)
    const filling = new Writers(site, cookie, 4).start()
    while (filling.written.size < 300) await new Promise(later => setTimeout(later, 50))
    await filling.stop()
  })
  after(async () => {
    await site.stop()
    await place.remove()
  })

  it('leaves memory bounded, tells everybody who is not served when to come back, and is as before afterwards', async () => {
    const quietMs = await medianMs(20)
    const answers = new Answers()
    const withoutRetryAfter: number[] = []
    let peakBytes = 0
    const until = performance.now() + overloadMs
    const watching = setInterval(() => {
      peakBytes = Math.max(peakBytes, residentBytes(site.pid as number))
    }, 200)
    await Promise.all(
      Array.from({ length: people }, async () => {
        while (performance.now() < until) {
          const started = performance.now()
          const answer = await site.get('/search?q=written', cookie).catch(() => undefined)
          await answer?.text().catch(() => undefined)
          answers.note(answer?.status ?? 0, performance.now() - started)
          if (answer?.status === 503 && !(Number(answer.headers.get('retry-after')) > 0)) withoutRetryAfter.push(answer.status)
        }
      }),
    )
    clearInterval(watching)
    const afterMs = await medianMs(20)
    console.log(
      `      answers ${JSON.stringify([...answers.byStatus])}, slowest ${Math.round(answers.slowestMs)} ms, peak ${Math.round(peakBytes / 1e6)} MB; a page alone took ${quietMs.toFixed(0)} ms before and ${afterMs.toFixed(0)} ms afterwards`,
    )
    expect([...answers.byStatus.keys()].sort(), 'served, or told to come back').to.deep.equal([200, 503])
    expect(withoutRetryAfter).to.deep.equal([])
    expect(peakBytes).to.be.below(500e6)
    expect((await site.get('/health/ready')).status).to.equal(200)
  })

  it('refuses nobody while there is room in the queue', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => site.get('/search?q=written', cookie)))
    expect(answers.map(({ status }) => status)).to.not.include(503)
  })

  async function medianMs(times: number): Promise<number> {
    const taken: number[] = []
    for (let time = 0; time < times; time++) {
      const started = performance.now()
      await (await site.get('/search?q=written', cookie)).text()
      taken.push(performance.now() - started)
    }
    return taken.sort((a, b) => a - b)[Math.floor(times / 2)] as number
  }
})

const residentBytes = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024
