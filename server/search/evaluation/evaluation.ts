import { accessTokens, type Reader } from '../../access/accessTokens.ts'
import type { SearchService } from '../searchService.ts'
import type { Query, QueryJudgements } from './judgedSet.ts'
import { averagePrecision, hasRelevant, mean, ndcg, percentile, precision, recall } from './metrics.ts'

const depth = 1_000

export interface Quality {
  queries: number
  ndcg10: number
  map: number
  p5: number
  recall100: number
  /** A page of results, as somebody waits for it. */
  medianMs: number
  p95Ms: number
}

interface Asking {
  search: Pick<SearchService, 'ranked' | 'search'>
  type: 'article' | 'person'
  queries: readonly Query[]
  judgements: QueryJudgements
  /** What the judgements call a result. */
  idOf(result: { id: string; sourceId?: string }): string
  progress?(asked: number, of: number): void
}

/** An ordinary member of no organisation in particular: sees what the whole partnership sees. */
export const ordinaryMember: Reader = {
  tokens: accessTokens({ id: 'evaluation', organisationId: 'evaluation', teamIds: [], roles: ['member'] }),
}

/** Asks each query that something is judged relevant for, and measures the means over them. */
export async function evaluate({ search, type, queries, judgements, idOf, progress }: Asking): Promise<Quality> {
  const judged = queries.filter(({ id }) => hasRelevant(judgements.get(id) ?? new Map()))
  const measured: { ndcg10: number; map: number; p5: number; recall100: number; ms: number }[] = []
  for (const { id, text } of judged) {
    const started = performance.now()
    await search.search(ordinaryMember, { q: text, type, filters: {}, page: 1 })
    const ms = performance.now() - started
    const ranked = (await search.ranked(ordinaryMember, { q: text, type, limit: depth })).map(idOf)
    const grades = judgements.get(id) ?? new Map()
    const [ndcg10, map, p5, recall100] = [ndcg, averagePrecision, precision, recall].map(metric => metric(ranked, grades))
    measured.push({ ndcg10, map, p5, recall100, ms } as (typeof measured)[number])
    progress?.(measured.length, judged.length)
  }
  const meanOf = (field: keyof (typeof measured)[number]) => mean(measured.map(result => result[field]))
  const times = measured.map(({ ms }) => ms)
  return {
    queries: measured.length,
    ndcg10: meanOf('ndcg10'),
    map: meanOf('map'),
    p5: meanOf('p5'),
    recall100: meanOf('recall100'),
    medianMs: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  }
}
