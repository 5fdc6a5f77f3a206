import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { SharedQueries } from './sharedQueries.ts'

const dayMs = 86_400_000
const mostShown = 25

export interface Counted {
  words: string
  times: number
}

/** How often a result was opened that stood at a position of the list of its type. */
export interface OpenedAt {
  type: string
  position: number
  times: number
}

export interface QueryReport {
  searches: number
  withoutResult: number
  /** Those whose words are not shown, since too few people asked them. */
  unshown: number
  top: Counted[]
  failed: Counted[]
  opened: OpenedAt[]
}

/** What was searched for, without who: only words that enough people asked. */
export class QueryReports {
  private readonly asked: Models['askedQueries']
  private readonly shared: SharedQueries
  private readonly clock: Clock

  constructor({ askedQueries }: Pick<Models, 'askedQueries'>, { shared, clock }: { shared: SharedQueries; clock: Clock }) {
    this.asked = askedQueries
    this.shared = shared
    this.clock = clock
  }

  async ofLast(days: number): Promise<QueryReport> {
    const since = { $gte: new Date(this.clock.now().getTime() - days * dayMs) }
    const [shared, { all, failed }, opened] = await Promise.all([this.shared.all(), this.countedSince(since), this.openedSince(since)])
    const shown = (queries: readonly Counted[]) => queries.filter(({ words }) => shared.has(words))
    return {
      searches: sumOf(all),
      withoutResult: sumOf(failed),
      unshown: sumOf(all) - sumOf(shown(all)),
      top: mostFirst(shown(all)).slice(0, mostShown),
      failed: mostFirst(shown(failed)).slice(0, mostShown),
      opened,
    }
  }

  /** All in one look, since there may be many. */
  private async countedSince(since: object): Promise<{ all: Counted[]; failed: Counted[] }> {
    const groups = await this.asked.aggregate<{ _id: { words: string; found: number }; times: number }>([
      { $match: { askedAt: since, isFollowUp: false } },
      { $group: { _id: { words: '$words', found: '$found' }, times: { $sum: 1 } } },
    ])
    const counted = groups.map(({ _id, times }) => ({ ..._id, times }))
    return { all: byWords(counted), failed: byWords(counted.filter(({ found }) => found === 0)) }
  }

  private async openedSince(since: object): Promise<OpenedAt[]> {
    const counts = new Map<string, OpenedAt>()
    for await (const { opened } of this.asked.find({ openedAt: since }, { opened: 1 }).lean().cursor()) {
      for (const { type, position } of opened) {
        const key = `${type} ${position}`
        counts.set(key, { type, position, times: (counts.get(key)?.times ?? 0) + 1 })
      }
    }
    return [...counts.values()]
  }
}

function byWords(counted: readonly Counted[]): Counted[] {
  const times = new Map<string, number>()
  for (const each of counted) times.set(each.words, (times.get(each.words) ?? 0) + each.times)
  return [...times].map(([words, count]) => ({ words, times: count }))
}

const sumOf = (counted: readonly Counted[]) => counted.reduce((sum, { times }) => sum + times, 0)

const mostFirst = (counted: readonly Counted[]) => counted.toSorted((a, b) => b.times - a.times || (a.words < b.words ? -1 : 1))
