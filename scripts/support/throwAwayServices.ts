import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../../server/config.ts'
import { createServices, type Services } from '../../server/services.ts'
import { commandLogger } from './commandServices.ts'

/** Stores and indexes under a name of its own on the engines that the settings name, and a temporary folder for what is embedded. */
export class ThrowAwayStorage {
  readonly config: Config
  private readonly name: string
  private opened: Promise<Services> | undefined
  private wasOpened = false
  private removed: Promise<void> | undefined

  constructor(purpose: string, environment: NodeJS.ProcessEnv = process.env) {
    this.name = `${purpose}-${randomBytes(6).toString('hex')}`
    const dataDir = mkdtempSync(join(tmpdir(), `skillpool-${purpose}-`))
    this.config = readConfig({ ...environment, DATA_DIR: dataDir, INDEX_PREFIX: this.name })
  }

  open(): Promise<Services> {
    this.opened ??= this.create()
    return this.opened
  }

  /** What is in it stays, for another process; it can be opened again. */
  async close(): Promise<void> {
    const services = await this.opened
    this.opened = undefined
    await services?.close()
  }

  /** Leaves nothing behind; may be called twice. */
  remove(): Promise<void> {
    this.removed ??= this.removeAll()
    return this.removed
  }

  private async removeAll(): Promise<void> {
    try {
      await this.opened?.catch(() => undefined)
      if (this.wasOpened) await dropAll(await this.open())
    } finally {
      rmSync(this.config.DATA_DIR, { recursive: true, force: true })
    }
  }

  private async create(): Promise<Services> {
    const services = await createServices(this.config, commandLogger(this.config), { storage: { databaseName: this.name } })
    this.wasOpened = true
    return services
  }
}

/** Each step also when the one before failed. */
async function dropAll({ indexer, engine, storage, close }: Services): Promise<void> {
  try {
    await indexer.stop()
    for (const index of await engine.listIndexes()) await engine.deleteIndex(index)
  } finally {
    await storage.connection.dropDatabase().finally(close)
  }
}
