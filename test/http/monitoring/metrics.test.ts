import { expect } from 'chai'
import type { MetricSource } from '../../../server/monitoring/metricSource.ts'
import { codeVersion } from '../../../server/version.ts'
import { anArticle, aPerson } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { scrape, scraped } from '../../support/scrape.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

const gauge = (name: MetricSource['name'], read: MetricSource['read'], labels?: MetricSource['labels']): MetricSource => ({
  name,
  help: 'Of a test.',
  type: 'gauge',
  ...(labels === undefined ? {} : { labels }),
  read,
})

describe('metrics', () => {
  let site: TestSite
  let clock: MovableClock

  beforeEach(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
  })
  afterEach(() => site.close())

  it('count requests by the pattern of their address, method and kind of answer, with their time', async () => {
    const person = await aPerson(site)
    const browser = await site.signInAs(person)
    await browser.get(`/people/${person.slug}`).expect(200)
    await browser.get('/people/there-is-none').expect(404)
    const { value } = await scrape(site)
    const route = { method: 'GET', route: '/people/:slug' }
    expect(value('skillpool_http_requests_total', { ...route, status: '2xx' })).to.equal(1)
    expect(value('skillpool_http_requests_total', { ...route, status: '4xx' })).to.equal(1)
    expect(value('skillpool_http_requests_total', { method: 'POST', route: '/sign-in', status: '3xx' })).to.equal(1)
    expect(value('skillpool_http_request_duration_seconds_count', route)).to.equal(2)
    expect(value('skillpool_http_request_duration_seconds_sum', route)).to.be.within(0.000_1, 10)
    expect(value('skillpool_http_requests_under_way'), 'the one that asks').to.equal(1)
  })

  it('have no more labels however many addresses and methods are asked for', async () => {
    await site.visitor().get('/health/live')
    const before = (await scrape(site)).labelled('route')
    for (let number = 0; number < 30; number++) await site.visitor().get(`/nowhere-${number}/x?q=${number}`).expect(404)
    for (const path of ['/assets/none.css', '/%E0%A4%A', '/metrics/deep']) await site.visitor().get(path)
    const { labelled, text } = await scrape(site)
    expect(labelled('route').filter(route => !before.includes(route))).to.have.members(['unmatched', '/metrics'])
    await site.visitor().copy('/nowhere')
    await site.visitor().report('/')
    const after = await scrape(site)
    expect(after.labelled('method')).to.have.members(['GET', 'other'])
    expect(after.labelled('status').every(status => /^[1-5]xx$/.test(status))).to.equal(true)
    expect(text).to.not.include('nowhere')
  })

  it('show the engine up, down and left alone, and who answers searches', async () => {
    const person = await aPerson(site)
    await site.services.indexer.settled()
    const browser = await site.signInAs(person)
    await browser.get('/search?q=engineer').expect(200)
    const up = await scrape(site)
    expect([up.value('skillpool_search_up'), up.value('skillpool_search_pausing')]).to.deep.equal([1, 0])
    expect(up.value('skillpool_search_duration_seconds_count', { answered_by: 'engine' })).to.equal(1)
    site.engine.switchOff()
    await browser.get('/search?q=engineer').expect(200)
    const down = await scrape(site)
    expect([down.value('skillpool_search_up'), down.value('skillpool_search_pausing')]).to.deep.equal([0, 1])
    expect(down.value('skillpool_search_duration_seconds_count', { answered_by: 'database' })).to.equal(1)
    site.engine.switchOn()
    clock.move(60_000)
    expect((await scrape(site)).value('skillpool_search_pausing')).to.equal(0)
  })

  it('show what is pending, for how long, and what the engine refused', async () => {
    const author = await aPerson(site)
    await site.services.indexer.settled()
    const settled = await scrape(site)
    expect(settled.value('skillpool_pending_records', { type: 'article' })).to.equal(0)
    expect(settled.value('skillpool_oldest_pending_seconds')).to.equal(0)
    await site.services.indexer.stop()
    const refused = await anArticle(site, author)
    clock.move(90_000)
    await anArticle(site, author)
    const pending = await scrape(site)
    expect(pending.value('skillpool_pending_records', { type: 'article' })).to.equal(2)
    expect(pending.value('skillpool_pending_records', { type: 'person' })).to.equal(0)
    expect(pending.value('skillpool_oldest_pending_seconds')).to.be.within(90, 95)
    site.engine.refuses = id => (id === refused._id ? 'too strange' : undefined)
    site.services.indexer.start()
    await site.services.indexer.settled()
    const after = await scrape(site)
    expect(after.value('skillpool_pending_records', { type: 'article' })).to.equal(0)
    expect(after.value('skillpool_rejected_records', { type: 'article' })).to.equal(1)
    expect(after.value('skillpool_indexer_records_total', { outcome: 'rejected' })).to.equal(1)
    expect(after.value('skillpool_indexer_records_total', { outcome: 'taken' })).to.equal(2)
    expect(after.value('skillpool_indexer_batches_total', { outcome: 'done' })).to.be.greaterThan(1)
  })

  it('answer while the database does not, and say that it does not', async () => {
    const { db } = site.services.storage.connection
    const command = db?.command.bind(db)
    expect((await scrape(site)).value('skillpool_database_up')).to.equal(1)
    Object.assign(db ?? {}, { command: () => new Promise(() => undefined) })
    const began = performance.now()
    expect((await scrape(site)).value('skillpool_database_up')).to.equal(0)
    expect(performance.now() - began).to.be.below(2_500)
    Object.assign(db ?? {}, { command })
  })

  it('measure the process, the queue and the disk', async () => {
    const { value } = await scrape(site)
    expect(value('process_resident_memory_bytes')).to.be.greaterThan(10_000_000)
    expect(value('nodejs_eventloop_lag_p99_seconds')).to.be.a('number')
    expect(value('skillpool_queue_refused_total')).to.equal(0)
    expect(value('skillpool_queue_waiting')).to.equal(0)
    const embedded = process.env.MONGODB_URI === undefined
    if (embedded) expect(value('skillpool_data_dir_free_bytes')).to.be.greaterThan(0)
    const runs = { version: codeVersion, storage: embedded ? 'embedded' : 'mongodb', search: site.services.engine.name }
    expect(value('skillpool_info', runs)).to.equal(1)
  })

  it('read their sources once in five seconds, however many ask', async () => {
    let reads = 0
    site.services.metrics.show([gauge('skillpool_test_reads', () => ++reads)])
    const asked = Array.from({ length: 5 }, () => site.visitor().get('/metrics').expect(200))
    const values = (await Promise.all(asked)).map(({ text }) => scraped(text).value('skillpool_test_reads'))
    expect(values).to.deep.equal([1, 1, 1, 1, 1])
    expect((await scrape(site)).value('skillpool_test_reads'), 'asked anew').to.equal(2)
  })

  it('of a feature may fail or hang: they are missing, and the others are there in time', async () => {
    site.services.metrics.show([
      gauge('skillpool_test_well', () => 7),
      gauge('skillpool_test_failing', () => Promise.reject(new Error('gone'))),
      gauge('skillpool_test_throwing', () => {
        throw new Error('gone')
      }),
      gauge('skillpool_test_hanging', () => new Promise(() => undefined)),
    ])
    const began = performance.now()
    const { value } = await scrape(site)
    expect(performance.now() - began).to.be.below(2_500)
    expect(value('skillpool_test_well')).to.equal(7)
    for (const name of ['failing', 'throwing', 'hanging']) expect(value(`skillpool_test_${name}`)).to.equal(undefined)
    expect(value('skillpool_metrics_unread')).to.equal(3)
  })

  it('of a feature have the labels that it declared, and no others', async () => {
    const samples = ['waiting', 'done', 'Ada Newman', 'ada@example.org'].map(state => ({
      value: 1,
      labels: { state, person: 'Ada Newman' },
    }))
    site.services.metrics.show([gauge('skillpool_test_jobs', () => samples, { state: ['waiting', 'done'] })])
    const { value, text } = await scrape(site)
    expect(value('skillpool_test_jobs', { state: 'waiting' })).to.equal(1)
    expect(value('skillpool_test_jobs', { state: 'other' })).to.equal(2)
    expect(text).to.not.match(/ada/i)
  })
})

describe('metrics may be read', () => {
  const token = 'a secret of the monitor'
  let site: TestSite

  afterEach(() => site.close())

  it('by a program on the same machine that asks directly; to others there is no such page', async () => {
    site = await startTestSite()
    const ask = (headers: Record<string, string> = {}) => site.visitor().get('/metrics').set(headers)
    await ask()
      .expect(200)
      .expect('Content-Type', /^text\/plain; version=0\.0\.4/)
      .expect('Cache-Control', 'no-store')
    const forwarded = [
      { 'X-Forwarded-For': '127.0.0.1' },
      { 'X-Forwarded-Proto': 'https' },
      { 'X-Forwarded-Host': 'skillpool.example' },
      { 'X-Real-IP': '10.0.0.1' },
      { Forwarded: 'for=10.0.0.1' },
      { Via: '1.1 proxy' },
      { Host: 'skillpool.example' },
      { Host: '127.0.0.1.evil.example' },
    ]
    const missing = await site.visitor().get('/there-is-none').expect(404)
    for (const headers of forwarded) {
      const { text, status } = await ask(headers)
      expect(status, JSON.stringify(headers)).to.equal(404)
      expect(text.replaceAll('/metrics', ''), 'as any page that is not there').to.equal(missing.text.replaceAll('/there-is-none', ''))
    }
    await ask({ Authorization: `Bearer ${token}`, Via: '1.1 proxy' }).expect(404)
  })

  it('by whoever shows the token, from anywhere, and by nobody else', async () => {
    site = await startTestSite({ environment: { METRICS_TOKEN: token } })
    const ask = (headers: Record<string, string> = {}) => site.visitor().get('/metrics').set(headers)
    await ask({ Authorization: `Bearer ${token}` }).expect(200)
    await ask({ Authorization: `bearer ${token}`, 'X-Forwarded-For': '10.0.0.1', Host: 'skillpool.example' }).expect(200)
    for (const wrong of ['', 'Bearer ', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, token, `Basic ${token}`])
      await ask(wrong === '' ? {} : { Authorization: wrong }).expect(404)
    await site
      .visitor()
      .get(`/metrics?token=${encodeURIComponent(token)}`)
      .expect(404)
  })

  it('while more ask than can be served', async () => {
    site = await startTestSite()
    const browser = await site.signInAs(await aPerson(site))
    let serve: () => void = () => undefined
    const served = new Promise<void>(resolve => {
      serve = resolve
    })
    const { search } = site.services
    Object.assign(search, { search: () => served.then(() => Promise.reject(new Error('enough'))) })
    const underWay = Array.from({ length: 60 }, () => browser.get('/search?q=x').then(({ status }) => status))
    let waiting = 0
    while (waiting === 0) waiting = (await scrape(site)).value('skillpool_queue_waiting') ?? 0
    const { value } = await scrape(site)
    expect(value('skillpool_queue_working')).to.be.greaterThan(10)
    serve()
    await Promise.all(underWay)
  })
})
