import mongoose from 'mongoose'
import { systemClock } from '../../../server/clock.ts'
import { leaseModel } from '../../../server/storage/leases.ts'
import { migrationModel } from '../../../server/storage/migrations/migrationModel.ts'
import { Migrator } from '../../../server/storage/migrations/migrator.ts'
import { numberThem } from './numberThem.ts'

/** Migrates and says how far it is; slowly, so that it can be killed in the middle. */
const [uri = '', dbName = ''] = process.argv.slice(2)
const connection = await mongoose.createConnection(uri, { dbName, autoIndex: false }).asPromise()
const models = { migrations: migrationModel(connection), leases: leaseModel(connection) }
const migrator = new Migrator({ connection, models, migrations: [numberThem(20)], clock: systemClock, codeVersion: '9.9.9' })
const done = await migrator.run({
  waitsFor: () => void process.send?.({ waits: true }),
  reached: (_migration, reached) => void process.send?.({ reached }),
})
process.send?.({ done })
await connection.close()
process.disconnect()
