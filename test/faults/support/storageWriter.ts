import mongoose from 'mongoose'
import { openEmbeddedStore } from '../../../server/storage/embedded/embeddedStore.ts'

export interface Counted {
  _id: string
  n: number
  tags: string[]
  key: string
}

/** Owns the embedded store of a folder and changes documents without end; says before each change what it tries, and after it that it was answered. */
const [dataDir = '', begin = '0'] = process.argv.slice(2)
const store = await openEmbeddedStore({ dataDir })
const connection = await mongoose.createConnection(store.uri, { dbName: 'faults', autoIndex: false }).asPromise()
const counted = connection.collection<Counted>('counted')
await counted.createIndex({ key: 1 }, { unique: true })
await counted.createIndex({ tags: 1, n: -1 })
await counted.createIndex({ n: 1 }, { partialFilterExpression: { n: { $gt: 2 } } }).catch(() => counted.createIndex({ n: 1 }))

const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

async function change(id: string, wanted: Counted | null, ask: () => Promise<unknown>): Promise<void> {
  tell({ id, trying: wanted })
  await ask()
  tell({ id, is: wanted })
}

async function oneWriter(writer: number): Promise<never> {
  for (let round = Number(begin); ; round++) {
    const _id = `${writer}-${round}`
    const made = { _id, n: 0, tags: ['made'], key: `key of ${_id}` }
    await change(_id, made, () => counted.insertOne({ ...made }))
    const grown = { ...made, n: 5, tags: ['made', `round ${round % 7}`] }
    await change(_id, grown, () => counted.updateOne({ _id }, { $inc: { n: 5 }, $push: { tags: `round ${round % 7}` } }))
    const other = { _id, n: 1, tags: [], key: `other key of ${_id}` }
    if (round % 3 === 0) await change(_id, other, () => counted.replaceOne({ _id }, { n: 1, tags: [], key: other.key }))
    if (round % 4 === 0) await change(_id, null, () => counted.deleteOne({ _id }))
  }
}
await Promise.all(Array.from({ length: 20 }, (_, writer) => oneWriter(writer)))
