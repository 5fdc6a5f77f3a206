import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose, { type Connection } from 'mongoose'
import { systemClock } from '../../../server/clock.ts'
import { type BackupWork, backUp, type MadeBackup } from '../../../server/storage/backup/backUp.ts'
import type { Manifest } from '../../../server/storage/backup/manifest.ts'
import { readCollection } from '../../../server/storage/backup/readCollection.ts'
import { prepareStore, type RestoreWork, restore } from '../../../server/storage/backup/restore.ts'
import { verifyBackup } from '../../../server/storage/backup/verifyBackup.ts'

export const knownMigrations = ['0001-known']

export class TemporaryFolders {
  private readonly made: string[] = []

  /** Inside a folder of its own, not there yet. */
  name(): string {
    const folder = mkdtempSync(join(tmpdir(), 'skillpool-backup-'))
    this.made.push(folder)
    return join(folder, 'backup')
  }

  remove(): void {
    for (const folder of this.made.splice(0)) rmSync(folder, { recursive: true, force: true })
  }
}

export const backUpInto = (connection: Connection, folder: string, more: Partial<BackupWork> = {}): Promise<MadeBackup> =>
  backUp({ connection, folder, origin: 'a test', isEmbedded: true, skillpool: '0.0.0', clock: systemClock, ...more })

/** As the command does: verified first, into an empty store only. */
export async function restoreFrom(connection: Connection, folder: string, more: Partial<RestoreWork> = {}): Promise<Manifest> {
  const manifest = await verifyBackup({ folder, knownMigrations })
  const work = { connection, folder, manifest, description: 'a test', clock: systemClock, ...more }
  await prepareStore(work)
  await restore(work)
  return manifest
}

/** Documents of one collection by their ids, as hexadecimal bytes. */
export async function bytesOf(connection: Connection, name: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for await (const document of readCollection(connection, name)) {
    found.set(String(mongoose.mongo.BSON.deserialize(document)._id), document.toString('hex'))
  }
  return found
}

export const differing = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter(id => a.get(id) !== b.get(id))

/** Searchable records, records without search, files in chunks, and what no backup keeps. */
export async function fill(connection: Connection, count = 300): Promise<void> {
  const db = connection.db!
  const records = Array.from({ length: count }, (_, n) => recordOf(n))
  await db.collection('records').createIndex({ slug: 1 }, { unique: true })
  await db.collection('records').createIndex({ pendingSince: 1 }, { partialFilterExpression: { pendingSince: { $exists: true } } })
  await db.collection('records').insertMany(records as never[])
  await db.collection('notes').createIndex({ at: -1, text: 1 }, { sparse: true })
  await db.collection('notes').createIndex({ over: 1 }, { expireAfterSeconds: 3_600 })
  await db
    .collection('notes')
    .insertMany([{ text: 'with an ObjectId', at: new Date(0), over: new Date('2100-01-01') }, { text: 'another' }])
  await db.collection('migrations').insertOne({ _id: knownMigrations[0] as never })
  await db.collection('empty').createIndex({ nothing: 1 })
  await db.collection('signIns').insertOne({ session: 'of somebody' })
  await db.collection('leases').insertOne({ holder: 'somebody' })
  const upload = new mongoose.mongo.GridFSBucket(db, { bucketName: 'uploads', chunkSizeBytes: 64_000 }).openUploadStream('plan.pdf')
  await new Promise((resolve, reject) => upload.on('finish', resolve).on('error', reject).end(Buffer.alloc(200_000, 'a plan ')))
}

export const recordOf = (n: number) => ({
  _id: `r${String(n).padStart(6, '0')}`,
  slug: `slug-${n}`,
  rev: 1,
  text: `Grüße, ${'text '.repeat(200)}`,
  tags: ['a', 'b'],
  at: new Date(1_700_000_000_000 + n),
})
