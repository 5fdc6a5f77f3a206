import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { inFull } from './support/full.ts'
import { Readers, Writers } from './support/load.ts'
import { Place } from './support/place.ts'
import { SiteProcess } from './support/siteProcess.ts'
import { verify } from './support/verify.ts'

const count = 3
const kills = inFull(30, 4)

describe(`${count} processes that share a port and real engines`, () => {
  let place: Place
  let site: SiteProcess
  let cookie: string

  before(async () => {
    place = await Place.real()
    const account = await place.settle()
    site = await SiteProcess.start(place, { WEB_PROCESSES: String(count) })
    cookie = await site.signIn(account)
  })
  after(async () => {
    await site.stop()
    await place.remove()
  })

  it('all know a sign-in that one of them took, and all count the tries of somebody who guesses', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => site.get('/search?q=fay', cookie)))
    expect([...new Set(answers.map(({ status }) => status))]).to.deep.equal([200])
    const guesses: number[] = []
    for (let guess = 0; guess < 30; guess++)
      guesses.push((await site.post('/sign-in', { email: 'nobody@example.org', password: `guess ${guess}` })).status)
    expect(guesses).to.include(429)
  })

  it('count together, whichever is asked', async () => {
    const counted = async () => {
      const text = await (await site.get('/metrics')).text()
      return Number(/^skillpool_http_requests_total\{method="GET",route="\/skills",status="2xx"\} (\d+)$/m.exec(text)?.[1] ?? 0)
    }
    for (let time = 0; time < 30; time++) await site.get('/skills', cookie)
    expect(await Promise.all([counted(), counted(), counted()])).to.deep.equal([30, 30, 30])
  })

  it(`are replaced when one is killed, ${kills} times, and nothing that was acknowledged is lost`, async () => {
    const writers = new Writers(site, cookie, 10).start()
    const readers = new Readers(site, cookie, 5).start()
    for (let time = 0; time < kills; time++) {
      const before = writers.written.size
      await until(() => writers.written.size > before + 20)
      const [victim] = workers(site)
      process.kill(victim as number, 'SIGKILL')
      await until(() => workers(site).length === count && !workers(site).includes(victim as number))
    }
    await Promise.all([writers.stop(), readers.stop()])
    const { byStatus } = readers.answers
    console.log(
      `      ${writers.written.size} articles acknowledged; reads ${JSON.stringify([...byStatus])}, longest gap ${Math.round(readers.answers.longestGapMs)} ms`,
    )
    expect(
      [...byStatus.keys()].filter(status => status >= 500),
      'server errors',
    ).to.deep.equal([])
    await site.stop()
    expect(await place.with(services => verify(services, writers.written.values()))).to.deep.include({ lost: [], drift: 0 })
    await site.start()
  })

  it('all end in order when the first is told to', async () => {
    const pids = workers(site)
    expect(pids).to.have.length(count)
    await site.stop()
    expect(pids.filter(lives)).to.deep.equal([])
    await site.start()
  })
})

const workers = (site: SiteProcess) =>
  readFileSync(`/proc/${site.pid}/task/${site.pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(reached: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 120_000; !reached(); ) {
    if (Date.now() > deadline) throw new Error('It does not come back')
    await new Promise(later => setTimeout(later, 20))
  }
}
