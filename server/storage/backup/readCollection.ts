import type { Connection } from 'mongoose'

const batchSize = 500

/** Every document as its bytes, in the order of ids: each whole, as it is at one moment. What is there from beginning to end is met once. */
export async function* readCollection(connection: Connection, name: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const found = connection.db!.collection(name).find({}, { raw: true, sort: { _id: 1 }, batchSize })
  try {
    for await (const document of found) {
      signal?.throwIfAborted()
      yield document as unknown as Buffer
    }
  } finally {
    await found.close()
  }
}
