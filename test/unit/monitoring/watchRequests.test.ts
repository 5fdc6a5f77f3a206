import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { expect } from 'chai'
import express from 'express'
import { createLogger } from '../../../server/monitoring/createLogger.ts'
import { Metrics } from '../../../server/monitoring/metrics.ts'
import { watchRequests } from '../../../server/monitoring/watchRequests.ts'

describe('watching requests', () => {
  it('says of one whose browser went away that it was not answered', async () => {
    const metrics = new Metrics()
    let said: (line: Record<string, unknown>) => void = () => undefined
    const line = new Promise<Record<string, unknown>>(resolve => {
      said = resolve
    })
    const log = createLogger({ LOG_LEVEL: 'info' }, { write: text => said(JSON.parse(text)) })
    const app = express().use(watchRequests({ log, metrics }))
    app.get('/slow/:slug', () => undefined)
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const arrives = once(server, 'request')
    const browser = connect((server.address() as AddressInfo).port, '127.0.0.1')
    browser.write('GET /slow/secret HTTP/1.1\r\nHost: x\r\n\r\n')
    await arrives
    browser.destroy()
    expect(await line).to.include({ route: '/slow/:slug', aborted: true, msg: 'request' })
    expect(await metrics.text()).to.include('skillpool_http_requests_total{method="GET",route="/slow/:slug",status="aborted"} 1')
    server.close()
  })
})
