import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import pino from 'pino'
import { type Config, readConfig } from '../../../server/config.ts'
import { type Site, startSite } from '../../../server/index.ts'
import { becomes } from '../../support/jobs.ts'

describe('a site that starts', () => {
  const name = `test-${randomBytes(6).toString('hex')}`
  let config: Config
  const sites: Site[] = []

  beforeEach(() => {
    const { MONGODB_URI, ELASTICSEARCH_URL } = process.env
    const DATA_DIR = mkdtempSync(join(tmpdir(), 'skillpool-jobs-'))
    config = readConfig({ DATA_DIR, MONGODB_URI, ELASTICSEARCH_URL, INDEX_PREFIX: name, PORT: '0' })
  })
  afterEach(async () => {
    const { services } = sites.at(-1) ?? (await start())
    await services.jobRunner.stop()
    await services.indexer.stop()
    for (const index of await services.engine.listIndexes()) await services.engine.deleteIndex(index)
    await services.storage.connection.dropDatabase()
    for (const site of sites.splice(0)) await site.close()
    rmSync(config.DATA_DIR, { recursive: true })
  })

  const start = async () => {
    const site = await startSite(config, pino({ level: 'silent' }), { storage: { databaseName: name } })
    sites.push(site)
    return site
  }
  const stop = () => sites.pop()?.close()

  it('begins with its jobs: one for an index of another version; stopped in between, the next start goes on', async () => {
    const { services: first } = await start()
    await first.indexer.settled()
    expect(await first.jobs.list(['waiting', 'running', 'done'], 10)).to.deep.equal([])
    await first.models.searchIndexes.updateOne({ _id: 'article' }, { $set: { mappingHash: 'of-old' } })
    await stop()

    const { services: second } = await start()
    const [asked] = await untilAsked(second)
    expect(asked).to.include({ name: 're-index', subject: 'article' })
    await becomes({ services: second }, asked as NonNullable<typeof asked>, 'running')
    const before = performance.now()
    await stop()
    expect(performance.now() - before, 'although the job waits for other processes for longer').to.be.below(9_000)

    const { services: third } = await start()
    const again = await third.jobs.list(['waiting', 'running'], 10)
    expect(again.map(({ _id }) => _id)).to.deep.equal([asked?._id])
    expect((await becomes({ services: third }, again[0] as NonNullable<typeof asked>, 'running')).attempts).to.equal(1)
  }).timeout(40_000)

  async function untilAsked({ jobs }: Site['services']) {
    for (let tries = 0; tries < 500; tries++) {
      const asked = await jobs.list(['waiting', 'running'], 10)
      if (asked.length > 0) return asked
      await new Promise(later => setTimeout(later, 10))
    }
    throw new Error('It asked for no job')
  }
})
