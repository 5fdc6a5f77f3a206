import type { Connection } from 'mongoose'
import type { Migration } from './migration.ts'

const atOnce = 500
/** As the kinds had it when this was made. */
const months: Readonly<Record<string, number>> = { 'service-level-agreement': 6, 'release-procedure': 6, 'lesson-learned': 24 }
const usualMonths = 12

interface Old {
  _id: string
  kind?: string
  state?: string
  updatedAt?: Date
}

/** Without a marking: written before there were any. Tombstones have no state. */
const old = { marking: { $exists: false }, state: { $exists: true } }

/** Articles of before reviews: marked OFFICIAL, and due for the first time as long after now as they were changed, by the interval of their kind. */
export const articlesAreReviewed: Migration = {
  name: '0002-articles-are-reviewed',
  says: 'Articles are marked, and those that are published get a date for their review',

  async plan(connection) {
    const count = await articles(connection).countDocuments(old)
    return count === 0 ? [] : [`mark ${count.toLocaleString('en-GB')} articles OFFICIAL, and date the review of those that are published`]
  },

  async run({ connection, reached }) {
    for (let done = 0; ; ) {
      const some = await articles(connection)
        .find(old, { projection: { kind: 1, state: 1, updatedAt: 1 } })
        .limit(atOnce)
        .toArray()
      if (some.length === 0) return
      await articles(connection).bulkWrite(
        some.map(article => ({ updateOne: { filter: { _id: article._id, ...old }, update: reviewed(article) } })),
      )
      done += some.length
      await reached(some.at(-1)?._id ?? '', done)
    }
  },
}

const articles = (connection: Connection) => connection.collection<Old>('articles')

function reviewed({ kind = '', state, updatedAt }: Old) {
  const marked = { marking: 'OFFICIAL', fields: [], thankedIds: [], changes: [] }
  if (state !== 'published' || updatedAt === undefined) return { $set: marked }
  return { $set: { ...marked, reviewDueAt: nextTime(updatedAt, months[kind] ?? usualMonths) } }
}

/** The first time after now, counted in whole intervals. */
function nextTime(changed: Date, every: number): Date {
  const now = new Date()
  const due = new Date(changed)
  while (due <= now) due.setUTCMonth(due.getUTCMonth() + every)
  return due
}
