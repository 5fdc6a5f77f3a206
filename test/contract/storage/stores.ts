import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose, { type Connection } from 'mongoose'
import { openEmbeddedStore } from '../../../server/storage/embedded/embeddedStore.ts'
import { newId } from '../../../server/storage/newId.ts'

export interface OpenedStore {
  connection: Connection
  /** For further processes. */
  uri: string
  databaseName: string
  close(): Promise<void>
}

export interface StoreUnderTest {
  name: string
  open(): Promise<OpenedStore>
}

const options = () => ({
  dbName: `contract-${newId()}`,
  autoIndex: false,
  monitorCommands: true,
  writeConcern: { w: 'majority' as const, journal: true },
})

export const embeddedStore: StoreUnderTest = {
  name: 'the embedded store',
  async open() {
    const dataDir = mkdtempSync(join(tmpdir(), 'skillpool-contract-'))
    const store = await openEmbeddedStore({ dataDir })
    const connection = await mongoose.createConnection(store.uri, options()).asPromise()
    return {
      ...{ connection, uri: store.uri, databaseName: connection.name },
      async close() {
        await connection.close()
        await store.close()
        rmSync(dataDir, { recursive: true })
      },
    }
  },
}

export const mongoDbAt = (uri: string): StoreUnderTest => ({
  name: 'MongoDB',
  async open() {
    const connection = await mongoose.createConnection(uri, options()).asPromise()
    return {
      ...{ connection, uri, databaseName: connection.name },
      async close() {
        await connection.dropDatabase()
        await connection.close()
      },
    }
  },
})

/** The embedded store always; MongoDB too where MONGODB_URI names one. */
export const stores: readonly StoreUnderTest[] = [embeddedStore, ...(process.env.MONGODB_URI ? [mongoDbAt(process.env.MONGODB_URI)] : [])]
