import { createHash } from 'node:crypto'
import type { Connection } from 'mongoose'
import type { BackedUpCollection, Manifest } from './manifest.ts'
import { readCollection } from './readCollection.ts'

interface Comparing {
  connection: Connection
  progress?(count: number): void
  signal?: AbortSignal | undefined
}

/** @returns what differs, a line each: none when every collection holds the bytes that were backed up */
export async function compareWithBackup({ collections }: Manifest, comparing: Comparing): Promise<string[]> {
  const differences: string[] = []
  let before = 0
  for (const collection of collections) {
    const difference = await compare(collection, { ...comparing, progress: count => comparing.progress?.(before + count) })
    if (difference !== undefined) differences.push(`${collection.name}: ${difference}`)
    before += collection.documents.count
  }
  return differences
}

async function compare({ name, documents }: BackedUpCollection, { connection, progress, signal }: Comparing): Promise<string | undefined> {
  const hash = createHash('sha256')
  let count = 0
  for await (const document of readCollection(connection, name, signal)) {
    hash.update(document)
    progress?.(++count)
  }
  if (count !== documents.count) return `${count} documents instead of ${documents.count}`
  return hash.digest('hex') === documents.sha256 ? undefined : 'other content'
}
