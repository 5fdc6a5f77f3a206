import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { Unavailable } from '../failures.ts'
import type { Storage } from '../storage/connectStorage.ts'
import { openElasticsearch } from './elasticsearch/elasticsearchSearch.ts'
import { embeddedAnalysis } from './embedded/embeddedAnalysis.ts'
import { openEmbeddedSearch } from './embedded/embeddedSearch.ts'
import { type SearchEngine, searchBudgetMs } from './searchEngine.ts'

/** The engine that the settings name: Elasticsearch, or the embedded one in DATA_DIR. */
export function openSearchEngine(config: Config, storage: Pick<Storage, 'ownsStore'>): Promise<SearchEngine> {
  if (config.ELASTICSEARCH_URL !== undefined) {
    return openElasticsearch({
      nodes: config.ELASTICSEARCH_URL,
      prefix: config.INDEX_PREFIX,
      budgetMs: config.SEARCH_BUDGET_MS,
      ...(config.ELASTICSEARCH_API_KEY === undefined ? {} : { apiKey: config.ELASTICSEARCH_API_KEY }),
      ...(config.ELASTICSEARCH_USERNAME === undefined ? {} : { username: config.ELASTICSEARCH_USERNAME }),
      ...(config.ELASTICSEARCH_PASSWORD === undefined ? {} : { password: config.ELASTICSEARCH_PASSWORD }),
      ...(config.ELASTICSEARCH_CA === undefined ? {} : { caFile: config.ELASTICSEARCH_CA }),
    })
  }
  if (!storage.ownsStore) return Promise.resolve(searchOfAnotherProcess)
  mkdirSync(config.DATA_DIR, { recursive: true })
  return openEmbeddedSearch({ file: join(config.DATA_DIR, 'search.db'), budgetMs: config.SEARCH_BUDGET_MS })
}

const elsewhere = () =>
  Promise.reject(new Unavailable('The running site has the embedded search open: it indexes what this command marks.'))

/** For a command beside a running embedded site: it only marks records pending. */
const searchOfAnotherProcess: SearchEngine = {
  name: 'embedded',
  analysis: embeddedAnalysis,
  budgetMs: searchBudgetMs,
  describe: () => Promise.resolve('embedded, in the running site'),
  createIndex: elsewhere,
  deleteIndex: elsewhere,
  listIndexes: elsewhere,
  pointAlias: elsewhere,
  aliasTarget: elsewhere,
  bulk: elsewhere,
  refresh: elsewhere,
  search: elsewhere,
  nearest: elsewhere,
  occurring: elsewhere,
  wordsNear: elsewhere,
  // biome-ignore lint/correctness/useYield: it never gets that far
  async *walk() {
    await elsewhere()
  },
  stems: elsewhere,
  close: () => Promise.resolve(),
}
