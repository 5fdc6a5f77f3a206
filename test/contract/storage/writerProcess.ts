import mongoose from 'mongoose'
import { openEmbeddedStore } from '../../../server/storage/embedded/embeddedStore.ts'

/** Owns the store of a folder and writes without end from 20 writers; prints each id once it is acknowledged. To be killed. */
const [dataDir = '', from = '0'] = process.argv.slice(2)
const store = await openEmbeddedStore({ dataDir })
const connection = await mongoose.createConnection(store.uri, { dbName: 'killed', autoIndex: false }).asPromise()
const written = connection.collection<{ _id: number; writer: number; text: string }>('written')
await written.createIndex({ writer: 1, _id: 1 })

let next = Number(from)
async function oneWriter(writer: number): Promise<never> {
  for (;;) {
    const _id = next++
    await written.insertOne({ _id, writer, text: 'x'.repeat(2_000) })
    process.stdout.write(`${_id}\n`)
  }
}
await Promise.all(Array.from({ length: 20 }, (_, writer) => oneWriter(writer)))
