import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import express from 'express'
import { type Admission, admission } from '../../../server/http/admission.ts'

/** A site whose pages are served when the test lets them. */
describe('the bounded queue before all work', () => {
  let server: Server
  let admitted: Admission
  let serving: (() => void)[]

  async function open(bounds: Parameters<typeof admission>[0]): Promise<void> {
    admitted = admission(bounds, () => 'busy')
    serving = []
    const app = express()
    app.use(admitted.handler)
    app.get('/health/live', (_req, res) => void res.send('alive'))
    app.get('/page', (_req, res) => void serving.push(() => res.send('served')))
    server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  const get = (path = '/page', options: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, options)
  const until = async (reached: () => boolean) => {
    for (let tries = 0; tries < 500 && !reached(); tries++) await new Promise(later => setTimeout(later, 5))
    expect(reached()).to.equal(true)
  }
  const serveAll = async (answers: Promise<Response>[]) => {
    const statuses: number[] = []
    for (const answer of answers) void answer.then(({ status }) => statuses.push(status))
    await until(() => {
      for (const serve of serving.splice(0)) serve()
      return statuses.length === answers.length
    })
    return statuses
  }

  it('works on a bounded number at a time and lets the others wait for their turn', async () => {
    await open({ atOnce: 2, waiting: 10, longestWaitMs: 10_000 })
    const answers = Array.from({ length: 6 }, () => get())
    await until(() => admitted.counts().waiting === 4)
    expect(serving).to.have.length(2)
    expect(await serveAll(answers)).to.deep.equal([200, 200, 200, 200, 200, 200])
    await until(() => admitted.counts().working === 0)
    expect(admitted.counts()).to.deep.equal({ working: 0, waiting: 0, refused: 0 })
  })

  it('refuses at once, with Retry-After, whoever finds the queue full', async () => {
    await open({ atOnce: 1, waiting: 1, longestWaitMs: 10_000 })
    const answers = [get(), get()]
    await until(() => admitted.counts().waiting === 1)
    const refused = await get()
    expect(refused.status).to.equal(503)
    expect(await refused.text()).to.equal('busy')
    expect(Number(refused.headers.get('retry-after'))).to.be.greaterThan(0)
    expect(await serveAll(answers)).to.deep.equal([200, 200])
  })

  it('sends away whoever waited too long', async () => {
    await open({ atOnce: 1, waiting: 5, longestWaitMs: 50 })
    const first = get()
    await until(() => admitted.counts().working === 1)
    expect((await get()).status).to.equal(503)
    expect(await serveAll([first])).to.deep.equal([200])
    expect(admitted.counts().refused).to.equal(1)
  })

  it('forgets whoever gave up waiting', async () => {
    await open({ atOnce: 1, waiting: 5, longestWaitMs: 10_000 })
    const first = get()
    await until(() => admitted.counts().working === 1)
    const leaving = new AbortController()
    const gone = get('/page', { signal: leaving.signal }).catch(() => 'gone')
    await until(() => admitted.counts().waiting === 1)
    leaving.abort()
    await gone
    await until(() => admitted.counts().waiting === 0)
    expect(await serveAll([first])).to.deep.equal([200])
    expect(serving).to.have.length(0)
  })

  it('never lets the health pages wait', async () => {
    await open({ atOnce: 1, waiting: 0, longestWaitMs: 10 })
    const first = get()
    await until(() => admitted.counts().working === 1)
    expect((await get('/health/live')).status).to.equal(200)
    await serveAll([first])
  })
})
