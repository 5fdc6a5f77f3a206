import { setMaxListeners } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Unavailable } from '../../server/failures.ts'
import type {
  BulkOperation,
  BulkOutcome,
  NearDocument,
  NearestQuery,
  SearchAnswer,
  SearchEngine,
  SearchMapping,
  SearchQuery,
  StoredSearchDocument,
} from '../../server/search/searchEngine.ts'

/**
 * A real engine that a test switches off, slows down or lets refuse records. Switched off, every call but `close` throws Unavailable, as the
 * Elasticsearch implementation does when no node answers.
 */
export class FaultyEngine implements SearchEngine {
  readonly real: SearchEngine
  /** How many searches came, answered or not. */
  searches = 0
  /** Why the engine refuses the record of this id, if it does. */
  refuses: (id: string) => string | undefined = () => undefined
  /** Whether its answers hold only what was found until the time was over. */
  isSlow = false
  /** Called with every bulk, before the engine has it. */
  beforeBulk: (index: string, operations: readonly BulkOperation[]) => Promise<void> = async () => undefined
  /** How the engine says that it cuts text, when a test has a new version of it. */
  changedAnalysis: string | undefined
  private off: { afterMs: number; ended: AbortController } | undefined

  constructor(real: SearchEngine) {
    this.real = real
  }

  get name() {
    return this.real.name
  }

  get analysis() {
    return this.changedAnalysis ?? this.real.analysis
  }

  /** @param afterMs  how long a call waits before it fails, as one does that runs into its deadline; at most until `switchOn` */
  switchOff({ afterMs = 0 } = {}): void {
    this.off = { afterMs, ended: new AbortController() }
    setMaxListeners(0, this.off.ended.signal)
  }

  switchOn(): void {
    this.off?.ended.abort()
    this.off = undefined
  }

  get budgetMs() {
    return this.real.budgetMs
  }

  describe(): Promise<string> {
    return this.ask(() => this.real.describe())
  }

  createIndex(index: string, mapping: SearchMapping): Promise<void> {
    return this.ask(() => this.real.createIndex(index, mapping))
  }

  deleteIndex(index: string): Promise<void> {
    return this.ask(() => this.real.deleteIndex(index))
  }

  listIndexes(): Promise<string[]> {
    return this.ask(() => this.real.listIndexes())
  }

  pointAlias(alias: string, index: string): Promise<void> {
    return this.ask(() => this.real.pointAlias(alias, index))
  }

  aliasTarget(alias: string): Promise<string | undefined> {
    return this.ask(() => this.real.aliasTarget(alias))
  }

  async bulk(index: string, operations: readonly BulkOperation[]): Promise<BulkOutcome[]> {
    await this.beforeBulk(index, operations)
    const reasons = operations.map(operation => this.refuses('write' in operation ? operation.write.id : operation.remove.id))
    const taken = operations.filter((_, position) => reasons[position] === undefined)
    const outcomes = await this.ask(() => this.real.bulk(index, taken))
    return reasons.map(rejected => (rejected === undefined ? (outcomes.shift() as BulkOutcome) : { rejected }))
  }

  refresh(index: string): Promise<void> {
    return this.ask(() => this.real.refresh(index))
  }

  nearest(query: NearestQuery): Promise<NearDocument[]> {
    return this.ask(() => this.real.nearest(query))
  }

  search(query: SearchQuery): Promise<SearchAnswer> {
    this.searches += 1
    return this.ask(() => this.real.search(this.isSlow ? { ...query, withinMs: 0 } : query))
  }

  occurring(asked: Parameters<SearchEngine['occurring']>[0]): Promise<string[]> {
    return this.ask(() => this.real.occurring(asked))
  }

  wordsNear(asked: Parameters<SearchEngine['wordsNear']>[0]): Promise<string[]> {
    return this.ask(() => this.real.wordsNear(asked))
  }

  async *walk(index: string, pageSize: number): AsyncGenerator<StoredSearchDocument[]> {
    await this.ask(async () => undefined)
    yield* this.real.walk(index, pageSize)
  }

  stems(text: string): Promise<string[]> {
    return this.ask(() => this.real.stems(text))
  }

  close(): Promise<void> {
    return this.real.close()
  }

  private async ask<T>(call: () => Promise<T>): Promise<T> {
    if (this.off === undefined) return call()
    const { afterMs, ended } = this.off
    if (afterMs > 0) await wait(afterMs, undefined, { signal: ended.signal }).catch(() => undefined)
    throw new Unavailable('The search engine does not answer: connect ECONNREFUSED')
  }
}
