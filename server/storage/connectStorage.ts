import mongoose, { type Connection, type Model, type mongo } from 'mongoose'
import { CannotStart } from '../failures.ts'
import { type EmbeddedStore, openEmbeddedStore } from './embedded/embeddedStore.ts'

export interface Storage {
  connection: Connection
  /** For people: "MongoDB at …" or "embedded, in ./data". */
  description: string
  /** Whether this process may index and do scheduled work: false for a command beside a running embedded site. */
  ownsStore: boolean
  close(): Promise<void>
}

export interface StorageSettings {
  mongodbUri?: string | undefined
  dataDir: string
  /** Default: the one in the address, or skillpool. */
  databaseName?: string
  /** Join the store that a running site has open, instead of refusing. */
  mayJoin?: boolean
  /** Sees the driver's client before anything is asked of it, with the monitoring of commands switched on. */
  watch?: (client: mongo.MongoClient) => void
}

/** @throws CannotStart when MongoDB does not answer within 10 s, or the embedded store cannot be opened */
export async function connectStorage(settings: StorageSettings): Promise<Storage> {
  if (settings.mongodbUri !== undefined) {
    const connection = await connect(settings.mongodbUri, settings)
    return { connection, description: `MongoDB at ${connection.host}`, ownsStore: true, close: () => connection.close() }
  }
  const embedded = await openEmbeddedStore({ dataDir: settings.dataDir, mayJoin: settings.mayJoin ?? false })
  const connection = await connect(embedded.uri, { databaseName: 'skillpool', ...settings })
  return {
    connection,
    description: `embedded, in ${settings.dataDir}`,
    ownsStore: embedded.role === 'owner',
    close: () => closeBoth(connection, embedded),
  }
}

async function connect(uri: string, { databaseName, watch }: StorageSettings): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    ...(databaseName === undefined ? {} : { dbName: databaseName }),
    monitorCommands: watch !== undefined,
    autoIndex: false,
    serverSelectionTimeoutMS: 10_000,
    // Pages are told by the watch long before; this ends what hangs all the same.
    socketTimeoutMS: 15_000,
    maxPoolSize: 20,
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
    readConcern: { level: 'local' },
  })
  try {
    await connection.asPromise()
    watch?.(connection.getClient())
    return connection
  } catch (error) {
    await connection.close().catch(() => undefined)
    throw new CannotStart(`MONGODB_URI: MongoDB does not answer (${(error as Error).message}). Start it, or correct the address.`)
  }
}

async function closeBoth(connection: Connection, embedded: EmbeddedStore): Promise<void> {
  await connection.close()
  await embedded.close()
}

/** Declares the collections and indexes of all models of the connection; does nothing for those that are there. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  const ensure = async (model: Model<unknown>) => {
    await model.createCollection()
    await model.createIndexes()
  }
  await Promise.all(Object.values(connection.models).map(ensure))
}
