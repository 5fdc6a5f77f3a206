import { readFileSync } from 'node:fs'
import { Client, type estypes } from '@elastic/elasticsearch'
import { type Clock, systemClock } from '../../clock.ts'
import { CannotStart, Unavailable } from '../../failures.ts'
import { plainPhrases } from '../question/queryWords.ts'
import {
  type Asked,
  type BulkOperation,
  type BulkOutcome,
  type FacetValue,
  IndexMissing,
  type NearDocument,
  type NearestQuery,
  type SearchAnswer,
  type SearchDocument,
  type SearchEngine,
  type SearchMapping,
  type SearchQuery,
  searchBudgetMs,
  searchGraceMs,
} from '../searchEngine.ts'
import { bulkParts } from './bulkParts.ts'
import { isAlreadyThere, isMissingField, isMissingIndex, spoken, whyRejected } from './elasticsearchFailures.ts'
import { englishAnalysis, indexMappings, indexSettings } from './elasticsearchMapping.ts'
import { nearDocuments, nearestBody, passageSources } from './elasticsearchPassages.ts'
import { searchBody } from './elasticsearchQuery.ts'
import { phraseAnywhere, suggested, suggestNear, whetherAny, wordAsWritten } from './elasticsearchWords.ts'

export interface ElasticsearchSettings {
  nodes: string[]
  /** What the names of all its indexes and aliases begin with. */
  prefix: string
  apiKey?: string
  username?: string
  password?: string
  /** A file with the certificate authority, in PEM. */
  caFile?: string
  /** searchBudgetMs unless given. */
  budgetMs?: number
  clock?: Clock
}

type Query = estypes.QueryDslQueryContainer
type ClientOptions = ConstructorParameters<typeof Client>[0]

const writeDeadline = { requestTimeout: 10_000 }
const viewKept = '2m'
/** Another process may have moved the alias to an index with other fields. */
const madeWithKeptMs = 5_000

/** What the engine keeps with an index for us: how its text fields weigh, and which model its passages are of. */
interface MadeWith {
  weights: Readonly<Record<string, number>>
  model?: string
}

type Source = Omit<SearchDocument, 'rev' | 'passages'>

/** Elasticsearch 9, one node or a cluster. Does not ask anything yet: an engine that is down shows with the first call. */
export async function openElasticsearch(settings: ElasticsearchSettings): Promise<SearchEngine> {
  return new ElasticsearchSearch(new Client(clientOptions(settings)), settings)
}

function clientOptions({ nodes, apiKey, username, password, caFile }: ElasticsearchSettings): ClientOptions {
  return {
    nodes,
    // A node that refuses the connection is passed over for the next one; one that hangs costs the deadline, and is not asked again for a while.
    maxRetries: nodes.length - 1,
    ...(apiKey === undefined ? {} : { auth: { apiKey } }),
    ...(apiKey === undefined && username !== undefined && password !== undefined ? { auth: { username, password } } : {}),
    ...(caFile === undefined ? {} : { tls: { ca: readCa(caFile) } }),
  }
}

function readCa(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new CannotStart(
      `ELASTICSEARCH_CA: the file "${file}" cannot be read (${(error as Error).message}). It must be a certificate authority in PEM.`,
    )
  }
}

class ElasticsearchSearch implements SearchEngine {
  readonly name = 'elasticsearch'
  readonly analysis = JSON.stringify(indexSettings.analysis)
  readonly budgetMs: number
  private readonly client: Client
  private readonly settings: ElasticsearchSettings
  private readonly clock: Clock
  private readonly known = new Map<string, { of: MadeWith; until: number }>()

  constructor(client: Client, settings: ElasticsearchSettings) {
    this.client = client
    this.settings = settings
    this.budgetMs = settings.budgetMs ?? searchBudgetMs
    this.clock = settings.clock ?? systemClock
  }

  async describe(): Promise<string> {
    const { version } = await spoken(() => this.client.info(undefined, this.searchDeadline))
    return `Elasticsearch ${version.number} at ${this.settings.nodes.join(', ')}`
  }

  async createIndex(index: string, mapping: SearchMapping): Promise<void> {
    const mappings = { ...indexMappings(mapping), _meta: madeWith(mapping) }
    const request = { index: this.physical(index), settings: indexSettings, mappings, aliases: { [this.full(index)]: {} } }
    await spoken(() => this.client.indices.create(request, writeDeadline)).catch(error => {
      if (!isAlreadyThere(error)) throw error
    })
  }

  async deleteIndex(index: string): Promise<void> {
    await spoken(() => this.client.indices.delete({ index: this.physical(index), ignore_unavailable: true }, writeDeadline))
  }

  async listIndexes(): Promise<string[]> {
    const found = await spoken(() =>
      this.client.indices.get({ index: this.physical('*'), features: ['aliases'], allow_no_indices: true }, writeDeadline),
    )
    return Object.keys(found)
      .map(name => name.slice(this.settings.prefix.length + 1, -'.0'.length))
      .sort()
  }

  async pointAlias(alias: string, index: string): Promise<void> {
    const actions: estypes.IndicesUpdateAliasesAction[] = [
      { remove: { index: this.physical('*'), alias: this.full(alias), must_exist: false } },
      { add: { index: this.physical(index), alias: this.full(alias) } },
    ]
    await spoken(() => this.client.indices.updateAliases({ actions }, writeDeadline))
    this.known.delete(alias)
  }

  async aliasTarget(alias: string): Promise<string | undefined> {
    try {
      const found = await this.client.indices.getAlias({ name: this.full(alias) }, writeDeadline)
      return Object.keys(found)[0]?.slice(this.settings.prefix.length + 1, -'.0'.length)
    } catch (error) {
      if (isMissingIndex(error)) return undefined
      return spoken(() => Promise.reject(error))
    }
  }

  /** An index that is gone is not made anew by writing to it: the name is an alias, and an alias is required. */
  async bulk(index: string, operations: readonly BulkOperation[]): Promise<BulkOutcome[]> {
    const outcomes: BulkOutcome[] = []
    for (const part of bulkParts(operations)) {
      const request = { index: this.full(index), require_alias: true, operations: part.flatMap(bulkLines) }
      const { items } = await spoken(() => this.client.bulk(request, writeDeadline))
      outcomes.push(...items.map(item => outcome(item.index ?? item.delete)))
    }
    return outcomes
  }

  async refresh(index: string): Promise<void> {
    await spoken(() => this.client.indices.refresh({ index: this.full(index) }, writeDeadline))
  }

  async search(query: SearchQuery): Promise<SearchAnswer> {
    const { weights } = await this.madeWith(query.alias)
    const request = { index: this.full(query.alias), ...searchBody(query, weights) }
    const deadline = { requestTimeout: (query.withinMs ?? this.budgetMs) + searchGraceMs }
    return presented(await spoken(() => this.client.search<Source>(request, deadline)))
  }

  async nearest(query: NearestQuery): Promise<NearDocument[]> {
    const { model } = await this.madeWith(query.alias)
    if (model !== query.model) return []
    const request = { index: this.full(query.alias), ...nearestBody(query) }
    return nearDocuments(await spoken(() => this.client.search(request, this.searchDeadline)), query)
  }

  async occurring({ phrases, ...asked }: Parameters<SearchEngine['occurring']>[0]): Promise<string[]> {
    const plain = phrases.filter(phrase => plainPhrases([phrase]).length > 0)
    return this.having(plain, asked, phrase => phraseAnywhere(plainPhrases([phrase])[0] as string))
  }

  async wordsNear({ word, edits, most, ...asked }: Parameters<SearchEngine['wordsNear']>[0]): Promise<string[]> {
    const request = suggestNear(this.all(asked.aliases), word, edits, most)
    const answer = await spoken(() => this.client.search(request, this.searchDeadline)).catch(error => {
      if (isMissingField(error)) return undefined
      throw error
    })
    if (answer === undefined) return []
    const near = suggested(answer, word, edits)
    return (await this.having(near, asked, wordAsWritten)).slice(0, most)
  }

  /** Those whose query some document that the readers may see matches. */
  private async having(values: readonly string[], { aliases, readers }: Asked, query: (value: string) => Query): Promise<string[]> {
    if (values.length === 0 || readers.length === 0) return []
    const request = whetherAny(this.all(aliases), { readers }, values.map(query))
    const { responses } = await spoken(() => this.client.msearch(request, this.searchDeadline))
    const refused = responses.find(response => 'error' in response)
    if (refused?.status === 404) throw new IndexMissing('Elasticsearch lacks an index whose words are asked for.')
    if (refused !== undefined) throw new Unavailable('Elasticsearch did not answer which words there are.')
    return values.filter((_, position) => totalOf((responses[position] as estypes.SearchResponse).hits) > 0)
  }

  async *walk(index: string, pageSize: number): AsyncGenerator<SearchDocument[]> {
    const { id } = await spoken(() => this.client.openPointInTime({ index: this.full(index), keep_alive: viewKept }, writeDeadline))
    try {
      for (let after: estypes.SortResults | undefined; ; ) {
        const page = {
          pit: { id, keep_alive: viewKept },
          size: pageSize,
          sort: [{ id: 'asc' as const }],
          version: true,
          track_total_hits: false,
          _source: { excludes: ['passages'] },
        }
        const { hits } = await spoken(() =>
          this.client.search<Source>({ ...page, ...(after === undefined ? {} : { search_after: after }) }, writeDeadline),
        )
        if (hits.hits.length > 0) yield hits.hits.map(stored)
        after = hits.hits.at(-1)?.sort
        if (hits.hits.length < pageSize) return
      }
    } finally {
      await this.client.closePointInTime({ id }, writeDeadline).catch(() => undefined)
    }
  }

  async stems(text: string): Promise<string[]> {
    const { tokens = [] } = await spoken(() => this.client.indices.analyze({ ...englishAnalysis, text }, writeDeadline))
    return tokens.map(({ token }) => token)
  }

  async close(): Promise<void> {
    await this.client.close()
  }

  private async madeWith(alias: string): Promise<MadeWith> {
    const now = this.clock.now().getTime()
    const known = this.known.get(alias)
    if (known !== undefined && now < known.until) return known.of
    const found = await spoken(() => this.client.indices.getMapping({ index: this.full(alias) }, this.searchDeadline))
    const made = { weights: {}, ...Object.values(found)[0]?.mappings._meta } as MadeWith
    this.known.set(alias, { of: made, until: now + madeWithKeptMs })
    return made
  }

  private get searchDeadline() {
    return { requestTimeout: this.budgetMs }
  }

  private readonly all = (aliases: readonly string[]) => aliases.map(this.full).join(',')
  private readonly full = (name: string) => `${this.settings.prefix}.${name}`
  private readonly physical = (index: string) => `${this.full(index)}.0`
}

const madeWith = ({ text, passages }: SearchMapping): MadeWith => ({
  weights: Object.fromEntries(Object.entries(text).map(([field, { weight }]) => [field, weight])),
  ...(passages === undefined ? {} : { model: passages.model }),
})

function bulkLines(operation: BulkOperation): object[] {
  if ('remove' in operation) return [{ delete: { _id: operation.remove.id, version: operation.remove.rev, version_type: 'external_gte' } }]
  const { rev, passages, ...source } = operation.write
  const line = { index: { _id: source.id, version: rev, version_type: 'external_gte' } }
  return [line, passages === undefined ? source : { ...source, passages: passageSources(passages) }]
}

function outcome(item: estypes.BulkResponseItem | undefined): BulkOutcome {
  if (item === undefined) throw new Unavailable('Elasticsearch left an operation unanswered.')
  const { status, error } = item
  if (status < 300 || (status === 404 && error === undefined)) return 'done'
  if (status === 409) return 'newer'
  if (status === 429 || status >= 500 || status === 404)
    throw new Unavailable(`Elasticsearch did not take a write: ${error?.reason ?? status}`)
  return { rejected: whyRejected(error) }
}

function stored(hit: estypes.SearchHit<Source>): SearchDocument {
  const source = hit._source as Source
  const dates = Object.fromEntries(Object.entries(source.dates).map(([field, date]) => [field, new Date(date)]))
  return { ...source, dates, rev: hit._version ?? 0 }
}

function presented({ hits, aggregations, timed_out, _shards }: estypes.SearchResponse<Source>): SearchAnswer {
  const facets = Object.entries(aggregations ?? {}).map(([field, counted]) => {
    const { buckets } = (counted as unknown as { values: { buckets: { key: string; doc_count: number }[] } }).values
    return [field, buckets.map(({ key, doc_count }): FacetValue => ({ value: key, count: doc_count }))]
  })
  return {
    total: totalOf(hits),
    hits: hits.hits.map(hit => ({ id: hit._id as string, score: hit._score ?? 0, highlights: highlightsOf(hit) })),
    facets: Object.fromEntries(facets),
    ...(timed_out || _shards.failed > 0 ? { isPartial: true } : {}),
  }
}

const totalOf = ({ total }: estypes.SearchHitsMetadata<unknown>): number => (typeof total === 'number' ? total : (total?.value ?? 0))

const highlightsOf = (hit: estypes.SearchHit<Source>) =>
  Object.fromEntries(Object.entries(hit.highlight ?? {}).map(([field, fragments]) => [field.slice('text.'.length), fragments]))
