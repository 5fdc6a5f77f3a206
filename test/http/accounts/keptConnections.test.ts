import { once } from 'node:events'
import { Agent, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import express, { type ErrorRequestHandler } from 'express'
import { signIns } from '../../../server/accounts/signIns.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

describe('a connection that a browser keeps', () => {
  let site: TestSite
  let server: Server
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })

  before(async () => {
    site = await startTestSite()
    const app = express()
    const fail: ErrorRequestHandler = (_error, _req, res, _next) => void (res.headersSent || res.status(500).end('failed'))
    app.use(signIns(site.services))
    app.get('/not-kept', (req, res, next) => {
      Object.assign(req.session, { 'no field may be called \0': 1 })
      res.end('answered')
      setTimeout(() => next(new Error('the work that went on has failed')), 100)
    })
    app.get('/slow', (_req, res) => void setTimeout(() => res.end('answered'), 300))
    app.use(fail)
    server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  after(async () => {
    agent.destroy()
    server.close()
    await site.close()
  })

  it('carries the next request too, when a sign-in could not be kept and the work for the last one failed after its answer', async () => {
    expect(await get('/not-kept')).to.equal('answered')
    expect(await get('/slow')).to.equal('answered')
    expect(site.logged.map(({ msg }) => msg)).to.include('a sign-in was not kept after an answer')
  })

  async function get(path: string): Promise<string> {
    const { port } = server.address() as AddressInfo
    const asked = request({ port, host: '127.0.0.1', path, agent }).end()
    const [answer] = await once(asked, 'response')
    let text = ''
    for await (const part of answer) text += part
    return text
  }
})
