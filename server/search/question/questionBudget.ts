import type { NearDocument, NearestQuery, SearchAnswer, SearchEngine, SearchQuery } from '../searchEngine.ts'

/** What a query gets when the ones before it took all the time: enough for one that is quick. */
const leastMs = 100

/** The engine for one question: all that it is asked for this question shares one budget of time. */
export class QuestionBudget implements Pick<SearchEngine, 'search' | 'nearest'> {
  /** Whether time ran out, so that less was searched than there is. */
  isPartial = false
  private readonly engine: Pick<SearchEngine, 'search' | 'nearest' | 'budgetMs'>
  private readonly endsAt: number

  constructor(engine: Pick<SearchEngine, 'search' | 'nearest' | 'budgetMs'>) {
    this.engine = engine
    this.endsAt = performance.now() + engine.budgetMs
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    const answer = await this.engine.search({ ...query, withinMs: Math.max(leastMs, this.endsAt - performance.now()) })
    if (answer.isPartial) this.isPartial = true
    return answer
  }

  nearest(query: NearestQuery): Promise<NearDocument[]> {
    return this.engine.nearest(query)
  }
}
