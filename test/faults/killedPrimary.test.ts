import { expect } from 'chai'
import mongoose from 'mongoose'
import { engines } from './support/engines.ts'
import { inFull } from './support/full.ts'
import { Readers, Writers } from './support/load.ts'
import { Place } from './support/place.ts'
import { SiteProcess } from './support/siteProcess.ts'
import { verify } from './support/verify.ts'

const kills = inFull(20, 2)
const backWithinMs = 30_000

describe('three of MongoDB and three of Elasticsearch', () => {
  let place: Place
  let site: SiteProcess
  let cookie: string

  before(async () => {
    place = await Place.real(3)
    const account = await place.settle()
    site = await SiteProcess.start(place)
    cookie = await site.signIn(account)
  })
  after(async () => {
    await site.stop()
    await place.remove()
  })
  afterEach(async () => {
    await engines.start(3)
  })

  it(`lose nothing that was acknowledged when the primary is killed ${kills} times under 20 writers, and pages come back after each election`, async () => {
    const writers = new Writers(site, cookie, 20).start()
    const readers = new Readers(site, cookie, 2, { perSecond: 20 }).start()
    for (let time = 0; time < kills; time++) {
      const before = writers.written.size
      await until(() => writers.written.size > before + 50)
      const node = await primary(place)
      await engines.kill('mongo', node)
      const atKill = writers.written.size
      await until(() => writers.written.size > atKill + 20)
      await engines.restart('mongo', node)
      await until(() => membersUp(place).then(up => up === 3))
    }
    await Promise.all([writers.stop(), readers.stop()])
    console.log(
      `      ${writers.written.size} articles acknowledged, ${writers.answers.failed} of ${writers.answers.total} writes unanswered or refused, longest gap between pages ${(readers.answers.longestGapMs / 1_000).toFixed(1)} s, answers ${JSON.stringify([...readers.answers.byStatus])}`,
    )
    expect(readers.answers.longestGapMs).to.be.below(backWithinMs)
    expect([...readers.answers.byStatus.keys()], 'served, or told to come back').to.have.members([
      ...new Set([200, ...[...readers.answers.byStatus.keys()].filter(status => status === 503)]),
    ])
    await site.stop()
    const verdict = await place.with(services => verify(services, writers.written.values()))
    expect(verdict).to.deep.include({ lost: [], drift: 0 })
    await site.start()
  })

  it('make no error at all when one node of Elasticsearch is killed', async () => {
    const writers = new Writers(site, cookie, 10, { perSecond: 20 }).start()
    const readers = new Readers(site, cookie, 10, { perSecond: 50 }).start()
    await wait(2_000)
    await engines.kill('elastic', 1)
    await wait(inFull(60_000, 8_000))
    await Promise.all([writers.stop(), readers.stop()])
    console.log(
      `      ${readers.answers.total} reads, ${readers.plain} from the database, slowest ${Math.round(readers.answers.slowestMs)} ms`,
    )
    expect(writers.answers.failed).to.equal(0)
    expect(readers.answers.failed).to.equal(0)
  })
})

async function primary(place: Place): Promise<number> {
  const ports = portsOf(place)
  for (let tries = 0; tries < 100; tries++) {
    const answers = await Promise.all(ports.map(port => hello(port)))
    const node = answers.findIndex(answer => answer?.isWritablePrimary === true)
    if (node >= 0) return node
    await wait(200)
  }
  throw new Error('There is no primary')
}

async function membersUp(place: Place): Promise<number> {
  const answers = await Promise.all(portsOf(place).map(port => hello(port)))
  return answers.filter(answer => answer?.isWritablePrimary === true || answer?.secondary === true).length
}

const portsOf = (place: Place) =>
  [...(place.environment.MONGODB_URI as string).matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => port as string)

async function hello(port: string): Promise<Record<string, unknown> | undefined> {
  const address = `mongodb://127.0.0.1:${port}/admin?directConnection=true&serverSelectionTimeoutMS=1000`
  const connection = await mongoose
    .createConnection(address)
    .asPromise()
    .catch(() => undefined)
  const answer = await connection?.db?.command({ hello: 1 }).catch(() => undefined)
  await connection?.close()
  return answer
}

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 120_000; !(await reached()); ) {
    if (Date.now() > deadline) throw new Error('It does not come back')
    await wait(20)
  }
}

const wait = (ms: number) => new Promise<void>(later => setTimeout(later, ms))
