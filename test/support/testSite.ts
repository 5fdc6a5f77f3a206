import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import supertest from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { createApp } from '../../server/app.ts'
import type { Clock } from '../../server/clock.ts'
import { type Config, readConfig } from '../../server/config.ts'
import { createLogger } from '../../server/monitoring/createLogger.ts'
import type { SemanticModel } from '../../server/search/meaning/semanticModel.ts'
import { openSearchEngine } from '../../server/search/openSearchEngine.ts'
import { createServices, type Services } from '../../server/services.ts'
import { FaultyEngine } from './faultyEngine.ts'
import { StorageRecorder } from './storageRecorder.ts'

export interface TestSite {
  app: Express
  services: Services
  /** What stands between the services and the real engine: does nothing until a test switches it off. */
  engine: FaultyEngine
  config: Config
  /** Lines that the site logged, for "nothing was logged as unhandled". */
  logged: ({ level: number; msg: string } & Record<string, unknown>)[]
  /** A browser without a sign-in. */
  visitor(): Browser
  /** A browser in which this person is signed in: through the real form, with the password of the builders. */
  signInAs(person: { email?: string }): Promise<Browser>
  close(): Promise<void>
}

/** Every request carries what browsers send of themselves, so that the checks of origin are real. */
export type Browser = TestAgent

/** What a test finds is not for a busy machine to decide: those that try what a slow engine brings make it slow themselves. */
const unhurried = '15000'

export const testPassword = 'a long enough password'

/**
 * The real app on real services, with a database and an index prefix of its own: embedded in a temporary folder, or on the engines that
 * MONGODB_URI and ELASTICSEARCH_URL name. Whoever starts it closes it.
 */
export async function startTestSite(
  options: { clock?: Clock; environment?: Record<string, string>; engineIsOff?: boolean; semanticModel?: SemanticModel } = {},
): Promise<TestSite> {
  const dataDir = mkdtempSync(join(tmpdir(), 'skillpool-test-'))
  const name = `test-${randomBytes(6).toString('hex')}`
  const { MONGODB_URI, ELASTICSEARCH_URL } = process.env
  const config = readConfig({
    DATA_DIR: dataDir,
    INDEX_PREFIX: name,
    LOG_LEVEL: 'info',
    SEARCH_BUDGET_MS: unhurried,
    MONGODB_URI,
    ELASTICSEARCH_URL,
    ...options.environment,
  })
  const logged: TestSite['logged'] = []
  const log = createLogger(config, { write: line => void logged.push(JSON.parse(line)) })
  const recorder = new StorageRecorder()
  const engine = new FaultyEngine(await openSearchEngine(config, { ownsStore: true }))
  if (options.engineIsOff) engine.switchOff()
  const services = await createServices(config, log, {
    storage: { databaseName: name, watch: client => recorder.listen(client) },
    engine,
    ...(options.clock ? { clock: options.clock } : {}),
    semanticModel: options.semanticModel ?? {},
  })
  await services.partnership.load()
  services.indexer.start()
  const app = createApp(services)
  const visitor = () => supertest.agent(app).set('Sec-Fetch-Site', 'same-origin')
  return {
    app,
    services,
    engine,
    config,
    logged,
    visitor,
    signInAs: async ({ email }) => {
      const browser = visitor()
      await browser.post('/sign-in').type('form').send({ email, password: testPassword }).expect(303)
      return browser
    },
    close: async () => {
      await closeTestSite({ services, engine }, dataDir)
      recorder.verify()
    },
  }
}

async function closeTestSite({ services, engine }: Pick<TestSite, 'services' | 'engine'>, dataDir: string): Promise<void> {
  engine.switchOn()
  await services.indexer.stop()
  await Promise.all((await engine.listIndexes().catch(() => [])).map(index => engine.deleteIndex(index)))
  await services.queryLog.flush()
  await services.storage.connection.dropDatabase()
  await services.close()
  await engine.close()
  rmSync(dataDir, { recursive: true, force: true })
}
