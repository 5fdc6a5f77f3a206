import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import pino from 'pino'
import { readConfig } from '../../../server/config.ts'
import { createServices, type Services } from '../../../server/services.ts'
import { aPerson } from '../../support/builders.ts'
import { type TestSite, testPassword } from '../../support/testSite.ts'
import { engines } from './engines.ts'

/** Where a site keeps what it knows: stores of its own that outlive its processes. */
export class Place {
  readonly name: string
  readonly environment: Readonly<Record<string, string>>
  private readonly dataDir: string

  private constructor(name: string, dataDir: string, environment: Readonly<Record<string, string>>) {
    this.name = name
    this.dataDir = dataDir
    this.environment = { DATA_DIR: dataDir, ...environment }
  }

  static embedded(): Place {
    return new Place('embedded stores', mkdtempSync(join(tmpdir(), 'skillpool-faults-')), {})
  }

  static async real(nodes = 1): Promise<Place> {
    const { MONGODB_URI, ELASTICSEARCH_URL } = await engines.start(nodes)
    const name = `faults-${randomBytes(6).toString('hex')}`
    const address = MONGODB_URI.replace(/\/[^/?]*\?/, `/${name}?`)
    const dataDir = mkdtempSync(join(tmpdir(), 'skillpool-faults-'))
    return new Place('real engines', dataDir, { MONGODB_URI: address, ELASTICSEARCH_URL, INDEX_PREFIX: name })
  }

  /** The services of the site in this process, while no site owns the embedded stores. */
  async with<T>(work: (services: Services) => Promise<T>): Promise<T> {
    const services = await createServices(readConfig(this.environment), pino({ level: 'silent' }))
    try {
      return await work(services)
    } finally {
      await services.close()
    }
  }

  /** Somebody who can write and search. @returns their email; the password is the builders' */
  async settle(): Promise<{ email: string; password: string }> {
    return this.with(async services => {
      await services.models.settings.create({ _id: 'partnership', name: 'Faults', createdAt: new Date() } as never)
      const { email } = await aPerson({ services } as TestSite, { name: 'Fay Faulkner' })
      await services.indexer.settled()
      return { email, password: testPassword }
    })
  }

  async remove(): Promise<void> {
    if (this.environment.MONGODB_URI !== undefined) {
      await this.with(async ({ engine }) => {
        for (const index of await engine.listIndexes()) await engine.deleteIndex(index)
      })
      const connection = await mongoose.createConnection(this.environment.MONGODB_URI).asPromise()
      await connection.dropDatabase()
      await connection.close()
    }
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}
