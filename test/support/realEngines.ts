import { setTimeout as wait } from 'node:timers/promises'
import mongoose, { type Connection } from 'mongoose'

/** Before the suites run on real engines: they must be there, and say what they are. A missing one fails the run. */
export async function mochaGlobalSetup(): Promise<void> {
  const { MONGODB_URI, ELASTICSEARCH_URL } = process.env
  if (MONGODB_URI === undefined || ELASTICSEARCH_URL === undefined)
    throw new Error('test:engines needs MONGODB_URI (a replica set) and ELASTICSEARCH_URL: set both to engines that tests may write to.')
  console.log(`  ${await mongoDbVersion(MONGODB_URI)}, Elasticsearch ${await elasticsearchVersion(ELASTICSEARCH_URL)}\n`)
}

/**
 * Tests have a database each, of some 180 files. Unless told, MongoDB keeps those of dropped ones open for five minutes, and in any case until its next
 * checkpoint: hundreds of tests take it beyond what a process may open, and it ends.
 */
const dropAtOnce = { setParameter: 1, minSnapshotHistoryWindowInSeconds: 0 }
const mostOpenFiles = 5_000
const dropsWithinMs = 240_000

/** Before each file of tests: MongoDB closes what those before have dropped. */
export const mochaHooks = {
  async beforeAll(this: Mocha.Context): Promise<void> {
    this.timeout(dropsWithinMs + 10_000)
    const connection = await connected()
    try {
      const until = Date.now() + dropsWithinMs
      while ((await openFiles(connection)) > mostOpenFiles) {
        if (Date.now() > until)
          throw new Error(`MongoDB keeps more than ${mostOpenFiles} files open, ${dropsWithinMs / 1_000} s after tests dropped theirs.`)
        await wait(500)
      }
    } finally {
      await connection.close()
    }
  },
}

async function openFiles(connection: Connection): Promise<number> {
  const status = (await connection.db?.command({ serverStatus: 1 })) as { wiredTiger?: { connection: Record<string, number> } } | undefined
  return Number(status?.wiredTiger?.connection['files currently open'] ?? 0)
}

const connected = (uri = process.env.MONGODB_URI ?? ''): Promise<Connection> =>
  mongoose.createConnection(uri, { serverSelectionTimeoutMS: 10_000 }).asPromise()

async function mongoDbVersion(uri: string): Promise<string> {
  const connection = await connected(uri)
  const [build, hello] = await Promise.all([connection.db?.command({ buildInfo: 1 }), connection.db?.command({ hello: 1 })])
  await connection.getClient().db('admin').command(dropAtOnce)
  await connection.close()
  if (hello?.setName === undefined) throw new Error('MONGODB_URI names no replica set: test:engines needs one.')
  return `MongoDB ${build?.version} (replica set ${hello.setName})`
}

async function elasticsearchVersion(url: string): Promise<string> {
  const answer = (await (await fetch(url)).json()) as { version?: { number?: string } }
  if (answer.version?.number === undefined) throw new Error('ELASTICSEARCH_URL does not answer as Elasticsearch does.')
  return answer.version.number
}
