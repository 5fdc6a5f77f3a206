import { setTimeout as wait } from 'node:timers/promises'
import type { Migration } from '../../../server/storage/migrations/migration.ts'

export interface Numbered {
  _id: number
  /** What the migration gives each record once. */
  doubled?: number
  writes?: number
}

const batch = 10

/** Gives every record its double, in batches: safe to repeat, and it goes on where it was. */
export const numberThem = (pauseMs = 0): Migration => ({
  name: '0001-doubles',
  says: 'Every record gets its double',
  plan: async connection => {
    const left = await connection.collection('numbered').countDocuments({ doubled: { $exists: false } })
    return [`double ${left} records`]
  },
  async run({ connection, position, reached }) {
    const records = connection.collection<Numbered>('numbered')
    for (let from = Number(position ?? 0); ; from += batch) {
      const page = await records.find({ _id: { $gte: from, $lt: from + batch } }).toArray()
      if (page.length === 0) return
      for (const { _id } of page)
        await records.updateOne({ _id, doubled: { $exists: false } }, { $set: { doubled: 2 * _id }, $inc: { writes: 1 } })
      await wait(pauseMs)
      await reached(String(from + batch), from + page.length)
    }
  },
})
