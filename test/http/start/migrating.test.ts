import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import pino from 'pino'
import { readConfig } from '../../../server/config.ts'
import { projectRoot } from '../../../server/http/projectRoot.ts'
import { createServices, type Services } from '../../../server/services.ts'
import { connectStorage } from '../../../server/storage/connectStorage.ts'
import { migrations } from '../../../server/storage/migrations/migrations.ts'
import { compiledCommand } from '../../support/compiledCommand.ts'

const baseline = '0001-index-options'

describe('npm run migrate', () => {
  let dataDir: string
  let environment: Record<string, string>

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'skillpool-migrating-'))
    environment = { DATA_DIR: dataDir, INDEX_PREFIX: `test-${randomBytes(6).toString('hex')}` }
    const { MONGODB_URI, ELASTICSEARCH_URL } = process.env
    if (MONGODB_URI !== undefined) {
      const address = new URL(MONGODB_URI)
      address.pathname = `/${environment.INDEX_PREFIX}`
      environment.MONGODB_URI = address.href
    }
    if (ELASTICSEARCH_URL !== undefined) environment.ELASTICSEARCH_URL = ELASTICSEARCH_URL
  })
  afterEach(async () => {
    const { MONGODB_URI: mongodbUri } = readConfig(environment)
    const storage = await connectStorage({ mongodbUri, dataDir })
    await storage.connection.dropDatabase()
    await storage.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  async function withServices(work: (services: Services) => Promise<unknown>): Promise<void> {
    const services = await createServices(readConfig(environment), pino({ level: 'silent' }))
    await work(services).finally(() => services.close())
  }
  function run(script: string, ...args: string[]): { code: number | null; said: string } {
    const { MONGODB_URI: _mongodb, ELASTICSEARCH_URL: _elasticsearch, ...own } = process.env
    const options = { cwd: projectRoot, env: { ...own, PORT: '0', ...environment }, encoding: 'utf8' as const, timeout: 30_000 }
    const { status, stdout, stderr } = spawnSync(process.execPath, [compiledCommand(script), ...args], options)
    return { code: status, said: stdout + stderr }
  }
  /** As a database of an early version, whose sign-ins were found by an index with other options. */
  const early = () =>
    withServices(async ({ models, storage: { connection } }) => {
      await models.migrations.deleteMany({})
      await models.settings.create({ _id: 'partnership', name: 'Mersey' })
      await connection.collection('jobs').dropIndex('activeKey_1')
      await connection.collection('jobs').createIndex({ activeKey: 1 })
    })

  it('says what there is to do and does nothing, does it, and then finds nothing', async () => {
    await early()
    const planned = run('migrate', '--dry-run')
    expect(planned.code, planned.said).to.equal(0)
    expect(planned.said).to.include(baseline).and.to.include('activeKey_1 of jobs').and.to.include('Nothing was changed')
    expect(run('migrate', '--dry-run').said).to.equal(planned.said)
    const done = run('migrate')
    expect(done.code, done.said).to.equal(0)
    expect(done.said).to.include(`${baseline}: done`).and.to.include('in step')
    expect(run('migrate', '--dry-run').said).to.match(/^The database is in step with Skillpool \d/)
  }).timeout(90_000)

  it('is asked for by a site whose database is behind, unless the site alone has it', async () => {
    await early()
    if (environment.MONGODB_URI === undefined)
      return withServices(async ({ models }) => expect(await models.migrations.countDocuments()).to.equal(migrations.length))
    const { code, said } = run('start')
    expect(code).to.equal(1)
    expect(said)
      .to.match(/^Skillpool did not start\.\n/)
      .and.to.include('npm run migrate')
      .and.to.include(baseline)
  }).timeout(60_000)

  for (const script of ['start', 'migrate', 'drift']) {
    it(`and a database of a newer version: ${script} leaves it alone and names the version`, async () => {
      await withServices(({ models }) =>
        models.migrations.create({ _id: '9999-of-the-future', beganAt: new Date(), codeVersion: '7.0.0', host: 'x', fence: 1, done: 0 }),
      )
      const { code, said } = run(script)
      expect(code, said).to.equal(1)
      expect(said).to.include('7.0.0').and.to.include('9999-of-the-future')
      expect(said, 'a message, not a stack trace').to.not.match(/\n\s+at /)
    }).timeout(60_000)
  }

  it('shows how it is used', () => {
    expect(run('migrate', 'everything')).to.include({ code: 2 }).with.property('said').that.includes('Usage: npm run migrate')
  }).timeout(60_000)
})
