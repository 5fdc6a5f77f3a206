import { createHash } from 'node:crypto'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from 'mongoose'
import { Unavailable } from '../../failures.ts'
import { documentsFile, metadataFile, partEnd, writeWhole } from './backupFiles.ts'
import { type BsonFigures, BsonFileWriter } from './bsonFile.ts'
import type { FoundCollection } from './keptCollections.ts'
import type { BackedUpCollection } from './manifest.ts'
import { type IndexSpec, metadataText } from './metadata.ts'
import { readCollection } from './readCollection.ts'
import { UniqueValues } from './uniqueValues.ts'

const mostTries = 10

interface Dump {
  connection: Connection
  /** Of the backup. */
  folder: string
  /** Counts documents of this collection: from 0 again when it is read again. */
  progress?(count: number): void
  signal?: AbortSignal | undefined
}

/** @throws Unavailable when unique values wandered between documents each time that it was read */
export async function dumpCollection({ name, options }: FoundCollection, dump: Dump): Promise<BackedUpCollection> {
  const { connection, folder } = dump
  const documents = documentsFile(connection.name, name)
  const metadata = metadataFile(connection.name, name)
  const indexes = (await connection.db!.collection(name).listIndexes().toArray()) as unknown as IndexSpec[]
  const figures = await readUntilUnique(name, indexes, join(folder, `${documents}${partEnd}`), dump)
  await rename(join(folder, `${documents}${partEnd}`), join(folder, documents))
  const text = metadataText(name, { options, indexes })
  await writeWhole(join(folder, metadata), text)
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { name, documents: { file: documents, ...figures }, metadata: { file: metadata, bytes: Buffer.byteLength(text), sha256 } }
}

/** A collection in which a unique value was passed on meanwhile could not be restored: it is read again. */
async function readUntilUnique(name: string, indexes: IndexSpec[], path: string, dump: Dump): Promise<BsonFigures> {
  let shared: string | undefined
  for (let tries = 0; tries < mostTries; tries++) {
    const values = new UniqueValues(indexes)
    const figures = await readInto(path, name, values, dump)
    shared = values.shared()
    if (shared === undefined) return figures
  }
  throw new Unavailable(
    `${name}: two documents had the same value of the index ${shared} each time it was read. Try again when less is written.`,
  )
}

async function readInto(path: string, name: string, values: UniqueValues, { connection, progress, signal }: Dump): Promise<BsonFigures> {
  const writer = await BsonFileWriter.create(path)
  try {
    let count = 0
    for await (const document of readCollection(connection, name, signal)) {
      values.note(document)
      await writer.write(document)
      progress?.(++count)
    }
    return await writer.finish()
  } catch (error) {
    await writer.close().catch(() => undefined)
    throw error
  }
}
