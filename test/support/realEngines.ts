import mongoose from 'mongoose'

/** Before the suites run on real engines: they must be there, and say what they are. A missing one fails the run. */
export async function mochaGlobalSetup(): Promise<void> {
  const { MONGODB_URI, ELASTICSEARCH_URL } = process.env
  if (MONGODB_URI === undefined || ELASTICSEARCH_URL === undefined)
    throw new Error('test:engines needs MONGODB_URI (a replica set) and ELASTICSEARCH_URL: set both to engines that tests may write to.')
  console.log(`  ${await mongoDbVersion(MONGODB_URI)}, Elasticsearch ${await elasticsearchVersion(ELASTICSEARCH_URL)}\n`)
}

/**
 * Tests have a database each, of some 140 files. Unless told, MongoDB keeps those of dropped ones open for five minutes, so that hundreds of tests take
 * it beyond what a process may open, and it ends.
 */
const dropAtOnce = { setParameter: 1, minSnapshotHistoryWindowInSeconds: 0 }

async function mongoDbVersion(uri: string): Promise<string> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 10_000 }).asPromise()
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
