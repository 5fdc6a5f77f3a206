import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import express from 'express'
import pino from 'pino'
import { showFailures } from '../../../server/http/failurePages.ts'
import { whileStorageIsDown } from '../../../server/http/whileStorageIsDown.ts'
import { StorageWatch } from '../../../server/storage/storageWatch.ts'

describe('while the database is down', () => {
  /** What the database does when it is asked: answers, refuses, or hangs. */
  let database: 'answers' | 'refuses' | 'refuses once' | 'hangs'
  let watch: StorageWatch
  let server: Server
  let serving: (() => void)[]
  const logged: string[] = []

  beforeEach(async () => {
    database = 'answers'
    serving = []
    const log = pino({ level: 'info' }, { write: line => void logged.push(line) })
    const ask = async () => {
      if (database === 'hangs') return new Promise(() => undefined)
      const refuses = database.startsWith('refuses')
      if (database === 'refuses once') database = 'answers'
      if (refuses) throw new Error('refused')
    }
    watch = new StorageWatch(ask, log)
    const app = express()
    const fail = showFailures(log)
    app.use((_req, res, next) => {
      res.page = (_view, model) => void res.send(String(model.message))
      next()
    })
    app.use(whileStorageIsDown(watch, fail))
    app.get('/health/live', (_req, res) => void res.send('alive'))
    app.get('/page', (_req, res) => void res.send('served'))
    app.get(
      '/waits',
      (_req, res, next) =>
        void serving.push(() => (res.writableEnded ? next(new Error('the work failed later')) : res.send('served late'))),
    )
    app.get('/on-its-way', (_req, res) => {
      res.write('served ')
      serving.push(() => res.end('to the end'))
    })
    app.use(fail)
    server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    watch.start()
  })
  afterEach(() => {
    watch.stop()
    server.closeAllConnections()
    server.close()
  })

  const get = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
  const until = async (reached: () => boolean) => {
    for (let tries = 0; tries < 1_000 && !reached(); tries++) await new Promise(later => setTimeout(later, 5))
    expect(reached()).to.equal(true)
  }

  for (const fault of ['refuses', 'hangs'] as const) {
    it(`says so at once and in words, when it ${fault}, and serves again when it is back`, async () => {
      expect((await get('/page')).status).to.equal(200)
      database = fault
      await until(() => watch.isDown)
      const refused = await get('/page')
      expect(refused.status).to.equal(503)
      expect(Number(refused.headers.get('retry-after'))).to.be.greaterThan(0)
      expect(await refused.text()).to.include('nothing was saved')
      expect((await get('/health/live')).status).to.equal(200)
      database = 'answers'
      await until(() => !watch.isDown)
      expect((await get('/page')).status).to.equal(200)
    })
  }

  it('answers those who were waiting for it, once', async () => {
    const waiting = get('/waits')
    await until(() => serving.length === 1)
    database = 'hangs'
    expect((await waiting).status).to.equal(503)
    logged.length = 0
    serving[0]?.()
    database = 'answers'
    await until(() => !watch.isDown)
    expect((await get('/page')).status).to.equal(200)
    expect(logged.join('')).to.not.include('the work failed later')
  })

  it('leaves an answer alone that is on its way', async () => {
    const began = await get('/on-its-way')
    database = 'refuses'
    await until(() => watch.isDown)
    serving[0]?.()
    expect(await began.text()).to.equal('served to the end')
  })

  it('lets one lost answer pass', async () => {
    database = 'refuses once'
    await until(() => database === 'answers')
    expect(watch.isDown).to.equal(false)
    expect((await get('/page')).status).to.equal(200)
  })
})
