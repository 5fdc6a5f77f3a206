import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { CannotStart } from '../../failures.ts'
import { startWorker } from '../../startWorker.ts'
import { type Owner, OwnerLock } from './ownerLock.ts'

export interface EmbeddedStore {
  /** A guest speaks to the store of the process that owns the folder. */
  role: 'owner' | 'guest'
  /** For mongoose; names no database. */
  uri: string
  /** An owner's: everything is on disk then, and the folder is free. */
  close(): Promise<void>
}

const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 }
const ttlSweepMs = 60_000

/**
 * Opens the MongoDB-compatible store of a folder: as its owner, in a worker thread, taking over from an owner that died; or, when a living process has
 * it and `mayJoin` is set, as that one's guest.
 * @param options.sweepMs  how often TTL indexes are swept
 * @throws CannotStart when another process has the folder, or its file is damaged or cannot be written
 */
export async function openEmbeddedStore(options: { dataDir: string; mayJoin?: boolean; sweepMs?: number }): Promise<EmbeddedStore> {
  const taken = await takeLock(options.dataDir)
  if (!(taken instanceof OwnerLock)) return joined(taken, options)
  const file = join(options.dataDir, 'store.db')
  try {
    const worker = startWorker('./storeWorker', import.meta.url, {
      workerData: { file, socket: taken.owner.socket, sweepMs: options.sweepMs ?? ttlSweepMs },
      resourceLimits,
    })
    await listening(worker, file)
    return { role: 'owner', uri: uriOf(taken.owner), close: () => stop(worker, taken) }
  } catch (error) {
    taken.release()
    throw error
  }
}

async function takeLock(dataDir: string): Promise<OwnerLock | Owner> {
  try {
    const taken = await OwnerLock.take(dataDir)
    accessSync(dataDir, constants.W_OK)
    return taken
  } catch (error) {
    if (error instanceof CannotStart) throw error
    throw new CannotStart(
      `DATA_DIR: the folder "${dataDir}" cannot be written (${(error as Error).message}). Make it writable, or name another.`,
    )
  }
}

function joined(owner: Owner, { dataDir, mayJoin }: { dataDir: string; mayJoin?: boolean }): EmbeddedStore {
  if (mayJoin) return { role: 'guest', uri: uriOf(owner), close: async () => undefined }
  throw new CannotStart(
    `DATA_DIR: another Skillpool (process ${owner.pid}, since ${owner.startedAt}) has the folder "${dataDir}". Stop it first, or set DATA_DIR to another folder.`,
  )
}

function listening(worker: Worker, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (reason: string) =>
      reject(
        new CannotStart(
          `${file}: the store cannot be opened (${reason}). Restore the folder from a backup, or move the file away to begin anew.`,
        ),
      )
    worker.once('message', (message: { problem?: string }) => (message.problem === undefined ? resolve() : refuse(message.problem)))
    worker.once('error', error => refuse(error.message))
    worker.once('exit', () => refuse('its thread has stopped'))
  })
}

async function stop(worker: Worker, lock: OwnerLock): Promise<void> {
  const gone = new Promise(resolve => worker.once('exit', resolve))
  worker.postMessage('close')
  await gone
  lock.release()
}

const uriOf = ({ socket }: Owner) => `mongodb://${encodeURIComponent(socket)}/?directConnection=true`
