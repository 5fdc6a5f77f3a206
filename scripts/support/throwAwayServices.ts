import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../../server/config.ts'
import { createServices, type Services } from '../../server/services.ts'
import { commandLogger } from './commandServices.ts'

export interface ThrowAway {
  config: Config
  databaseName: string
  /** Removes all that was made; may be called twice. */
  remove(): Promise<void>
}

/** A name of its own on the engines that the settings name, and a temporary folder for what is embedded. */
export function throwAwayStorage(purpose: string): ThrowAway & { open(): Promise<Services> } {
  const name = `${purpose}-${randomBytes(6).toString('hex')}`
  const dataDir = mkdtempSync(join(tmpdir(), `skillpool-${purpose}-`))
  const config = readConfig({ ...process.env, DATA_DIR: dataDir, INDEX_PREFIX: name })
  let opened: Promise<Services> | undefined
  let removed: Promise<void> | undefined
  return {
    config,
    databaseName: name,
    open: () => {
      opened = createServices(config, commandLogger(config), { storage: { databaseName: name } })
      return opened
    },
    remove: () => {
      removed ??= removeAll(opened, dataDir)
      return removed
    },
  }
}

async function removeAll(opened: Promise<Services> | undefined, dataDir: string): Promise<void> {
  try {
    const services = await opened?.catch(() => undefined)
    if (services !== undefined) await dropAll(services)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function dropAll(services: Services): Promise<void> {
  await services.indexer.stop()
  for (const index of await services.engine.listIndexes()) await services.engine.deleteIndex(index)
  await services.storage.connection.dropDatabase()
  await services.close()
}
