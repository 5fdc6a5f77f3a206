import type { MetricSource } from '../monitoring/metricSource.ts'
import { oneIfItAnswers } from '../monitoring/oneIfItAnswers.ts'
import type { Services } from '../services.ts'
import type { SearchType } from './searchType.ts'

/** Counted no further: whoever sees this many need not know how many more. */
const mostCounted = 100_000
const behind = { pendingSince: { $exists: true }, rejection: { $exists: false } }
const refused = { pendingSince: { $exists: true }, rejection: { $exists: true } }

/** The engine, the records that it does not have yet, and the indexer's work. */
export function searchMetrics({ search, engine, indexer, clock }: Services): readonly MetricSource[] {
  const labels = { type: search.types.map(({ type }) => type) }
  const perType = (measure: (type: SearchType) => Promise<number>) => async () =>
    Promise.all(search.types.map(async type => ({ labels: { type: type.type }, value: await measure(type) })))
  const gauge = (name: MetricSource['name'], help: string, read: MetricSource['read']): MetricSource => ({
    name,
    help,
    type: 'gauge',
    read,
  })
  const total = (name: MetricSource['name'], help: string, read: MetricSource['read']): MetricSource => ({
    name,
    help,
    type: 'counter',
    read,
  })
  const outcomes = (counts: Record<string, number>) => Object.entries(counts).map(([outcome, value]) => ({ labels: { outcome }, value }))

  return [
    gauge('skillpool_search_up', 'Whether the search engine answered just now: 1 or 0.', () => oneIfItAnswers(() => engine.describe())),
    gauge('skillpool_search_pausing', 'Whether searches are answered by the database, after a failure of the engine: 1 or 0.', () =>
      Number(search.isPausing),
    ),
    {
      ...gauge('skillpool_pending_records', 'Records that wait to be indexed, counted to 100,000.', perType(count(behind))),
      labels,
    },
    {
      ...gauge('skillpool_rejected_records', 'Records that the search engine refused, tried again seldom.', perType(count(refused))),
      labels,
    },
    gauge('skillpool_oldest_pending_seconds', 'For how long the oldest record has waited to be indexed; 0 when none waits.', async () =>
      secondsSince(await oldestPending(search.types), clock.now()),
    ),
    {
      ...total('skillpool_indexer_batches_total', 'Batches that went to the engine; broken_off: it or the database did not answer.', () =>
        outcomes({ done: indexer.counts.batches, broken_off: indexer.counts.brokenOff }),
      ),
      labels: { outcome: ['done', 'broken_off'] },
    },
    {
      ...total('skillpool_indexer_records_total', 'Records that the engine took or rejected.', () =>
        outcomes({ taken: indexer.counts.taken, rejected: indexer.counts.rejected }),
      ),
      labels: { outcome: ['taken', 'rejected'] },
    },
  ]
}

const count =
  (filter: object) =>
  ({ model }: SearchType): Promise<number> =>
    model.countDocuments(filter).asSystem('a number for those who watch the site').limit(mostCounted).exec()

async function oldestPending(types: readonly SearchType[]): Promise<Date | undefined> {
  const oldest = await Promise.all(
    types.map(({ model }) =>
      model.findOne(behind).asSystem('a number for those who watch the site').sort({ pendingSince: 1 }).select({ pendingSince: 1 }).lean(),
    ),
  )
  const times = oldest.flatMap(record => (record?.pendingSince === undefined ? [] : [record.pendingSince.getTime()]))
  return times.length === 0 ? undefined : new Date(Math.min(...times))
}

/** Clocks of processes differ: never below 0. */
const secondsSince = (time: Date | undefined, now: Date) => (time === undefined ? 0 : Math.max(0, (now.getTime() - time.getTime()) / 1_000))
