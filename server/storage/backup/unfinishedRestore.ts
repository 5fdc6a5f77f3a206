import { hostname } from 'node:os'
import type { Connection } from 'mongoose'
import { CannotStart } from '../../failures.ts'
import { heldHere, isAlive } from '../holders.ts'
import { newId } from '../newId.ts'
import { isTaken } from '../takenSlug.ts'

/** In the database from before the first document is restored until everything was compared. */
interface UnfinishedRestore {
  _id: 'restore'
  beganAt: Date
  /** What it makes: removed again before it is begun anew. */
  collections: string[]
  holder: string
  host: string
  pid: number
}

export const unfinishedRestoreName = 'unfinishedRestore'
const recordsOf = (connection: Connection) => connection.db!.collection<UnfinishedRestore>(unfinishedRestoreName)
const journaled = { writeConcern: { w: 'majority' as const, journal: true } }

/** @throws CannotStart when only a part of a backup is there: nobody may use it, or take it for the whole */
export async function refuseUnfinishedRestore(connection: Connection): Promise<void> {
  const unfinished = await recordsOf(connection).findOne({ _id: 'restore' })
  if (unfinished === null) return
  throw new CannotStart(
    `The database "${connection.name}" holds an unfinished restore, begun ${unfinished.beganAt.toISOString()}. Run "npm run restore -- DIR" again: it begins anew, and ends it.`,
  )
}

/**
 * Takes away what an interrupted restore left.
 * @returns whether there was one
 * @throws CannotStart when it is going on
 */
export async function clearUnfinishedRestore(connection: Connection): Promise<boolean> {
  const unfinished = await recordsOf(connection).findOne({ _id: 'restore' })
  if (unfinished === null) return false
  if (unfinished.host === hostname() && isAlive(unfinished))
    throw new CannotStart(`Process ${unfinished.pid} is restoring into the database "${connection.name}". Wait for it.`)
  for (const name of unfinished.collections) await connection.db!.dropCollection(name)
  await endRestore(connection)
  return true
}

/**
 * @returns what says that this process is at it no more
 * @throws CannotStart when another process was faster
 */
export async function beginRestore(connection: Connection, collections: string[], now: Date): Promise<() => void> {
  const holder = newId()
  heldHere.add(holder)
  const leave = () => void heldHere.delete(holder)
  try {
    const record = { _id: 'restore' as const, beganAt: now, collections, holder, host: hostname(), pid: process.pid }
    await recordsOf(connection).insertOne(record, journaled)
    return leave
  } catch (error) {
    leave()
    if (!isTaken(error)) throw error
    throw new CannotStart(`Another process has just begun to restore into the database "${connection.name}". Wait for it.`)
  }
}

export async function endRestore(connection: Connection): Promise<void> {
  await recordsOf(connection).drop(journaled)
}
