import mongoose from 'mongoose'
import { backUpInto, restoreFrom } from './backups.ts'

/** Makes or restores a backup, says when it has come as far as was asked, and stands still there. To be killed. */
const [verb, uri = '', databaseName = '', folder = '', haltAt = '0'] = process.argv.slice(2)
const connection = await mongoose.createConnection(uri, { dbName: databaseName, autoIndex: false }).asPromise()

function halt(done: number): void {
  if (done < Number(haltAt)) return
  process.send?.({ done })
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
}
const work = verb === 'restore' ? restoreFrom : backUpInto
await work(connection, folder, { progress: (...told: unknown[]) => halt((told.at(-1) as { done: number }).done) } as never)
await connection.close()
