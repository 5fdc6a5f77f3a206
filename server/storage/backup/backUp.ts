import { resolve } from 'node:path'
import type { Connection } from 'mongoose'
import type { Clock } from '../../clock.ts'
import { BackupFolder } from './backupFolder.ts'
import { dumpCollection } from './dumpCollection.ts'
import { collectionsOf, isKept } from './keptCollections.ts'
import { formatVersion, type Manifest } from './manifest.ts'
import { refuseUnfinishedRestore } from './unfinishedRestore.ts'

export interface BackupWork {
  connection: Connection
  folder: string
  /** Where the database is, for people; an interrupted backup is gone on with only for the same. */
  origin: string
  isEmbedded: boolean
  /** The version of this Skillpool. */
  skillpool: string
  clock: Clock
  progress?(soFar: { done: number; total: number }): void
  signal?: AbortSignal
}

export interface MadeBackup {
  manifest: Manifest
  isResumed: boolean
}

/**
 * Writes every collection as mongodump does, with a manifest at the end. The site may go on writing: each document is as it was at one moment.
 * Interrupted anywhere it can be called again: collections that are done are not read again.
 * @throws CannotStart when the folder holds anything else
 */
export async function backUp(work: BackupWork): Promise<MadeBackup> {
  const { connection, clock, signal } = work
  await refuseUnfinishedRestore(connection)
  const begun = {
    format: 'skillpool-backup' as const,
    version: formatVersion,
    beganAt: clock.now().toISOString(),
    database: connection.name,
    origin: work.origin,
    engine: work.isEmbedded ? 'embedded' : `MongoDB ${(await connection.db!.command({ buildInfo: 1 })).version}`,
    skillpool: work.skillpool,
  }
  const folder = await BackupFolder.open(resolve(work.folder), begun)
  try {
    const missing = (await collectionsOf(connection)).filter(found => isKept(found) && !folder.has(found.name))
    const total = await countAll(connection, missing)
    let before = 0
    for (const found of missing) {
      const progress = (count: number) => work.progress?.({ done: before + count, total })
      const dumped = await dumpCollection(found, { connection, folder: folder.path, progress, signal })
      await folder.add(dumped)
      before += dumped.documents.count
    }
    return { manifest: await folder.finish(clock.now()), isResumed: folder.isResumed }
  } finally {
    folder.leave()
  }
}

async function countAll(connection: Connection, collections: readonly { name: string }[]): Promise<number> {
  let total = 0
  for (const { name } of collections) total += await connection.db!.collection(name).estimatedDocumentCount()
  return total
}
