import type { Connection } from 'mongoose'

const pageSize = 1_000

/** The search engine knows nothing of restored records, and an older engine perhaps too much: each is to be indexed again. */
export async function markPending(connection: Connection, name: string, now: Date): Promise<void> {
  const records = connection.db!.collection<{ _id: string; pendingSince?: Date; rejection?: unknown }>(name)
  for (let after = ''; ; ) {
    const page = await records.find({ _id: { $gt: after } }, { projection: { _id: 1 }, sort: { _id: 1 }, limit: pageSize }).toArray()
    const last = page.at(-1)
    if (last === undefined) return
    await records.updateMany({ _id: { $gt: after, $lte: last._id } }, { $set: { pendingSince: now }, $unset: { rejection: 1 } })
    after = last._id
  }
}
