import type { Connection } from 'mongoose'
import { exactDocument } from './exactDocument.ts'

const mostAtOnce = 1_000
const largestBatchBytes = 8 * 1024 * 1024
const writeConcern = { w: 'majority', j: true, wtimeout: 30_000 }

/** Inserts documents with exactly their bytes; what is counted is on disk. */
export async function insertDocuments(
  connection: Connection,
  name: string,
  documents: AsyncIterable<Buffer>,
  inserted: (count: number) => void,
): Promise<void> {
  let count = 0
  for await (const batch of batchesOf(documents)) {
    const command = { insert: name, documents: batch.map(exactDocument), ordered: true, bypassDocumentValidation: true, writeConcern }
    const { writeErrors, writeConcernError } = await connection.db!.command(command)
    const problem = writeErrors?.[0] ?? writeConcernError
    if (problem !== undefined) throw new Error(`A document of ${name} was not taken: ${problem.errmsg}`)
    count += batch.length
    inserted(count)
  }
}

async function* batchesOf(documents: AsyncIterable<Buffer>): AsyncGenerator<Buffer[]> {
  let batch: Buffer[] = []
  let bytes = 0
  for await (const document of documents) {
    if (batch.length > 0 && (batch.length === mostAtOnce || bytes + document.length > largestBatchBytes)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(document)
    bytes += document.length
  }
  if (batch.length > 0) yield batch
}
