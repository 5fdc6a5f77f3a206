import type { Reader } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { SearchService } from '../searchService.ts'
import type { SharedQueries } from './sharedQueries.ts'

const dayMs = 86_400_000
const mostShown = 25
const readAtOnce = 1_000

export interface Counted {
  words: string
  times: number
}

/** Words that found nothing as they were typed. */
export interface Failed extends Counted {
  /** Of these times, how often other words were searched instead and found something. */
  corrected: number
  /** Which ones, most often; undefined when the reader may not know them. */
  instead?: string
}

interface Group extends Counted {
  instead?: string | null
  found: number
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
  /** Found something by other words than those typed, which nobody wrote. */
  corrected: number
  /** Those whose words are not shown, since too few people asked them. */
  unshown: number
  top: Counted[]
  failed: Failed[]
  opened: OpenedAt[]
}

interface Collaborators {
  shared: SharedQueries
  search: Pick<SearchService, 'insteadOf'>
  clock: Clock
}

/**
 * What was searched for, without who: only words that enough people typed. A question that was searched by other words counts for these among what is
 * asked most, where enough people typed them too, and among what found nothing for those that were typed.
 */
export class QueryReports {
  private readonly asked: Models['askedQueries']
  private readonly shared: SharedQueries
  private readonly search: Pick<SearchService, 'insteadOf'>
  private readonly clock: Clock

  constructor({ askedQueries }: Pick<Models, 'askedQueries'>, { shared, search, clock }: Collaborators) {
    this.asked = askedQueries
    this.shared = shared
    this.search = search
    this.clock = clock
  }

  async ofLast(reader: Reader, days: number): Promise<QueryReport> {
    const since = { $gte: new Date(this.clock.now().getTime() - days * dayMs) }
    const [shared, groups, opened] = await Promise.all([this.shared.all(), this.groupsSince(since), this.openedSince(since)])
    const shown = <C extends Counted>(queries: readonly C[]) => queries.filter(({ words }) => shared.has(words))
    const meant = ({ words, instead }: Group) => (instead && shared.has(instead) ? instead : words)
    const all = byWords(groups.map(group => ({ words: meant(group), times: group.times })))
    const notAsTyped = groups.filter(group => group.found === 0 || group.instead)
    return {
      searches: sumOf(groups),
      withoutResult: sumOf(groups.filter(({ found }) => found === 0)),
      corrected: sumOf(notAsTyped.filter(({ found }) => found > 0)),
      unshown: sumOf(all) - sumOf(shown(all)),
      top: mostFirst(shown(all)).slice(0, mostShown),
      failed: await this.failedAmong(shown(notAsTyped), shared, reader),
      opened,
    }
  }

  /** What was searched instead stands in documents: it is told when enough people typed it too, or when a search of the reader's own shows it. */
  private async failedAmong(groups: readonly Group[], shared: ReadonlySet<string>, reader: Reader): Promise<Failed[]> {
    const most = mostFirst(byWords(groups)).slice(0, mostShown)
    return Promise.all(
      most.map(async ({ words, times }) => {
        const corrected = groups.filter(group => group.words === words && group.found > 0)
        const others = mostFirst(byWords(corrected.map(group => ({ words: group.instead ?? '', times: group.times }))))
        const own = others.length === 0 ? undefined : await this.search.insteadOf(reader, words)
        const instead = others.find(other => shared.has(other.words) || other.words === own)?.words
        return { words, times, corrected: sumOf(corrected), ...(instead === undefined ? {} : { instead }) }
      }),
    )
  }

  /** All in one look, since there may be many. */
  private async groupsSince(since: object): Promise<Group[]> {
    const groups = await this.asked.aggregate<{ _id: Omit<Group, 'times'>; times: number }>([
      { $match: { askedAt: since, isFollowUp: false } },
      { $group: { _id: { words: '$words', instead: '$instead', found: '$found' }, times: { $sum: 1 } } },
    ])
    return groups.map(({ _id, times }) => ({ ..._id, times }))
  }

  private async openedSince(since: object): Promise<OpenedAt[]> {
    const counts = new Map<string, OpenedAt>()
    for await (const { opened } of this.asked.find({ openedAt: since }, { opened: 1 }).lean().batchSize(readAtOnce).cursor()) {
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

const mostFirst = <C extends Counted>(counted: readonly C[]): C[] =>
  counted.toSorted((a, b) => b.times - a.times || (a.words < b.words ? -1 : 1))
