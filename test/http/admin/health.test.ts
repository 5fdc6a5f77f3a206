import { expect } from 'chai'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

describe('health', () => {
  let site: TestSite

  beforeEach(async () => {
    site = await startTestSite()
  })
  afterEach(() => site.close())

  it('is live and ready while everything answers', async () => {
    const live = await site.visitor().get('/health/live').expect(200)
    expect(live.body).to.deep.equal({ status: 'live' })
    const ready = await site.visitor().get('/health/ready').expect(200)
    expect(ready.body).to.deep.equal({ status: 'ready', database: 'answers', search: 'answers' })
    expect(ready.headers['cache-control']).to.equal('no-store')
  })

  it('stays ready without the search engine, and says so', async () => {
    site.services.engine.describe = () => new Promise(() => undefined)
    const before = performance.now()
    const ready = await site.visitor().get('/health/ready').expect(200)
    expect(ready.body).to.deep.equal({ status: 'ready', database: 'answers', search: 'does not answer' })
    expect(performance.now() - before).to.be.below(3_000)
  })

  it('is not ready, but live, without the database, within two seconds', async () => {
    const { storage } = site.services
    const { db } = storage.connection
    const command = db?.command.bind(db)
    Object.assign(db ?? {}, { command: () => new Promise(() => undefined) })
    const before = performance.now()
    const ready = await site.visitor().get('/health/ready').expect(503)
    expect(ready.body).to.include({ status: 'not ready', database: 'does not answer' })
    expect(performance.now() - before).to.be.below(3_000)
    await site.visitor().get('/health/live').expect(200)
    Object.assign(db ?? {}, { command })
  })
})
