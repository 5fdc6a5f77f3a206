import type { Reader } from '../access/accessTokens.ts'
import { combSum, type Expert } from './experts.ts'
import { askedOf } from './queryBuilder.ts'
import type { SearchEngine, SearchQuery } from './searchEngine.ts'
import type { SearchType } from './searchType.ts'
import type { Question, Understanding } from './understanding.ts'

/** How many of the best documents vote: 50 to 100 do best in the literature. */
const depth = 100

/** What matched, by who contributed to it: only what the reader may see counts, and filters for people do not narrow it. */
export class Evidence {
  readonly experts: readonly Expert[]
  private readonly counts = new Map<string, { type: SearchType; count: number }[]>()
  private readonly sources: { type: SearchType; query: Omit<SearchQuery, 'from' | 'size'> }[]
  private readonly engine: SearchEngine

  private constructor(experts: readonly Expert[], sources: Evidence['sources'], engine: SearchEngine) {
    this.experts = experts
    this.sources = sources
    this.engine = engine
  }

  static async gather(types: readonly SearchType[], engine: SearchEngine, understanding: Understanding, reader: Reader): Promise<Evidence> {
    const everything: Question = { q: '', filters: {}, page: 1 }
    const sources = types
      .filter(type => type.contributorField !== undefined)
      .map(type => ({ type, query: askedOf(type, { ...understanding, chosen: [] }, everything, reader) }))
    const votes = await Promise.all(sources.map(source => votesOf(source, engine, reader)))
    return new Evidence(combSum(votes.flat()), sources, engine)
  }

  /** How much of these people's matched, exactly: as many as their search shows. */
  async count(personIds: readonly string[]): Promise<void> {
    const shown = personIds.filter(id => this.experts.some(expert => expert.id === id))
    if (shown.length === 0) return
    for (const { type, query } of this.sources) {
      const answer = await this.engine.search({ ...query, from: 0, size: 0, facets: [{ field: 'author', values: shown }] })
      for (const { value, count } of answer.facets.author ?? []) {
        if (count > 0) this.counts.set(value, [...(this.counts.get(value) ?? []), { type, count }])
      }
    }
  }

  of(personId: string): readonly { type: SearchType; count: number }[] {
    return this.counts.get(personId) ?? []
  }
}

async function votesOf({ type, query }: Evidence['sources'][number], engine: SearchEngine, reader: Reader) {
  const answer = await engine.search({ ...query, from: 0, size: depth })
  const field = type.contributorField as string
  const records = await type.model
    .find({ _id: { $in: answer.hits.map(hit => hit.id) } })
    .readableBy(reader)
    .select({ [field]: 1 })
    .lean()
  const contributors = new Map(records.map(record => [record._id, (record as unknown as Record<string, readonly string[]>)[field] ?? []]))
  return answer.hits.map(({ id, score }) => ({ id, score, contributors: contributors.get(id) ?? [] }))
}
