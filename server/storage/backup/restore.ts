import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from 'mongoose'
import type { Clock } from '../../clock.ts'
import { CannotStart } from '../../failures.ts'
import { readBsonFile } from './bsonFile.ts'
import { compareWithBackup } from './compareWithBackup.ts'
import { requireEmpty } from './emptyStore.ts'
import { insertDocuments } from './insertDocuments.ts'
import { notKeptMarks } from './keptCollections.ts'
import type { Manifest } from './manifest.ts'
import { markPending } from './markPending.ts'
import { type IndexSpec, isSearchable, type Metadata, readMetadata } from './metadata.ts'
import { beginRestore, clearUnfinishedRestore, endRestore } from './unfinishedRestore.ts'

export type RestoreStep = 'writing' | 'comparing'

export interface RestoreWork {
  connection: Connection
  folder: string
  /** Of the folder, verified. */
  manifest: Manifest
  /** The database, for people. */
  description: string
  clock: Clock
  progress?(step: RestoreStep, soFar: { done: number; total: number }): void
  signal?: AbortSignal
}

/**
 * What may be written into; takes away what an interrupted restore left there.
 * @returns whether there was one
 * @throws CannotStart when the database holds anything else, or is being restored into
 */
export async function prepareStore({ connection, description }: Pick<RestoreWork, 'connection' | 'description'>): Promise<boolean> {
  const wasInterrupted = await clearUnfinishedRestore(connection)
  await requireEmpty(connection, description)
  return wasInterrupted
}

/**
 * Fills a prepared store, compares every byte with the backup, and marks searchable records pending. Until that is done nobody else can use the
 * database, and whatever interrupts it, it can be begun again.
 * @throws CannotStart when what is there afterwards is not what was backed up
 */
export async function restore(work: RestoreWork): Promise<void> {
  const { connection, manifest, clock, progress, signal } = work
  const total = manifest.collections.reduce((sum, { documents }) => sum + documents.count, 0)
  const leave = await beginRestore(
    connection,
    manifest.collections.map(({ name }) => name),
    clock.now(),
  )
  try {
    const metadata = await makeCollections(work)
    await writeDocuments(work, total)
    const compared = (done: number) => progress?.('comparing', { done, total })
    const differences = await compareWithBackup(manifest, { connection, signal, progress: compared })
    if (differences.length > 0) throw new CannotStart(['What was restored is not what was backed up:', ...differences].join('\n  '))
    for (const [name, made] of metadata) {
      await makeIndexes(connection, name, made.indexes.filter(isExpiring))
      if (isSearchable(made)) await markPending(connection, name, clock.now())
    }
    for (const [name, mark] of Object.entries(notKeptMarks))
      await connection.db!.collection(name).updateMany({ [mark]: { $exists: true } }, { $unset: { [mark]: 1 } })
    await endRestore(connection)
  } finally {
    leave()
  }
}

/** With their indexes, before the first document: what the store cannot have shows at once. Only those that remove documents wait. */
async function makeCollections({ connection, folder, manifest }: RestoreWork): Promise<Map<string, Metadata>> {
  const made = new Map<string, Metadata>()
  const there = new Set((await connection.db!.listCollections().toArray()).map(({ name }) => name))
  for (const { name, metadata } of manifest.collections) {
    const read = readMetadata(await readFile(join(folder, metadata.file), 'utf8'))
    if (!there.has(name)) await connection.db!.createCollection(name, read.options)
    await makeIndexes(
      connection,
      name,
      read.indexes.filter(index => !isExpiring(index)),
    )
    made.set(name, read)
  }
  return made
}

async function makeIndexes(connection: Connection, name: string, indexes: readonly IndexSpec[]): Promise<void> {
  const made = indexes.filter(index => index.name !== '_id_')
  if (made.length > 0) await connection.db!.command({ createIndexes: name, indexes: made })
}

const isExpiring = ({ expireAfterSeconds }: IndexSpec) => expireAfterSeconds !== undefined

async function writeDocuments({ connection, folder, manifest, progress, signal }: RestoreWork, total: number): Promise<void> {
  let before = 0
  for (const { name, documents } of manifest.collections) {
    const inserted = (count: number) => {
      progress?.('writing', { done: before + count, total })
      signal?.throwIfAborted()
    }
    await insertDocuments(connection, name, readBsonFile(join(folder, documents.file)), inserted)
    before += documents.count
  }
}
