import type { Connection } from 'mongoose'
import { CannotStart } from '../../failures.ts'
import type { MigrationState, Migrator } from './migrator.ts'

/**
 * Before anything is read: a database of a newer version is left alone. One that is behind is brought in step here when it is new, or when this
 * process alone has it (`isOwn`); else whoever keeps it decides when.
 * @throws CannotStart with what to do
 */
export async function requireInStep(connection: Connection, migrator: Migrator, { isOwn }: { isOwn: boolean }): Promise<void> {
  const state = await migrator.state()
  refuseNewer(state)
  if (state.pending.length === 0) return
  if (isOwn || (await isNew(connection))) await migrator.run()
  else throw new CannotStart(`The database lacks ${namesOf(state)}. Run "npm run migrate" (see docs/operations.md), then start again.`)
}

/** @throws CannotStart when a newer Skillpool changed this database */
export function refuseNewer({ unknown }: MigrationState): void {
  const [newest] = unknown.slice(-1)
  if (newest === undefined) return
  throw new CannotStart(
    `The database belongs to a newer Skillpool: ${newest.codeVersion} changed it (${newest._id}). Start that version or a later one, or go back to a backup from before.`,
  )
}

const namesOf = ({ pending }: MigrationState) => {
  const names = pending.map(({ name }) => name).join(', ')
  return pending.length === 1 ? `one change: ${names}` : `${pending.length} changes: ${names}`
}

/** Nobody keeps anything in it yet. */
async function isNew(connection: Connection): Promise<boolean> {
  const bookkeeping = ['migrations', 'leases']
  for (const { collection } of Object.values(connection.models)) {
    const name = collection.collectionName
    if (bookkeeping.includes(name)) continue
    if ((await connection.collection(name).findOne({}, { projection: { _id: 1 } })) !== null) return false
  }
  return true
}
