import type { Connection } from 'mongoose'
import { CannotStart } from '../../failures.ts'
import { collectionsOf } from './keptCollections.ts'

/** @throws CannotStart that says what is in the database; collections without documents do not count */
export async function requireEmpty(connection: Connection, description: string): Promise<void> {
  const filled: string[] = []
  for (const { name } of await collectionsOf(connection)) {
    if ((await connection.db!.collection(name).findOne({}, { projection: { _id: 1 } })) !== null) filled.push(name)
  }
  if (filled.length === 0) return
  throw new CannotStart(
    `The database "${connection.name}" (${description}) is not empty: it has documents in ${filled.sort().join(', ')}. A restore never overwrites. Name a new one (DATA_DIR, or the name at the end of MONGODB_URI), or put this one away.`,
  )
}
