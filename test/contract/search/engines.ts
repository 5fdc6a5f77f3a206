import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openElasticsearch } from '../../../server/search/elasticsearch/elasticsearchSearch.ts'
import { openEmbeddedSearch } from '../../../server/search/embedded/embeddedSearch.ts'
import type { SearchEngine } from '../../../server/search/searchEngine.ts'
import { newId } from '../../../server/storage/newId.ts'

export interface OpenedEngine {
  engine: SearchEngine
  /** Deletes all that was made, and leaves the engine closed. */
  close(): Promise<void>
}

export interface EngineUnderTest {
  name: string
  open(): Promise<OpenedEngine>
}

/** What a busy machine needs, too. */
const budgetMs = 15_000

const embedded: EngineUnderTest = {
  name: 'the embedded search',
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'skillpool-search-'))
    const engine = await openEmbeddedSearch({ file: join(folder, 'search.db'), budgetMs })
    return {
      engine,
      async close() {
        await engine.close()
        rmSync(folder, { recursive: true })
      },
    }
  },
}

const real = (node: string): EngineUnderTest => ({
  name: 'Elasticsearch',
  async open() {
    const settings = { nodes: [node], prefix: `contract-${newId()}`, budgetMs }
    const engine = await openElasticsearch(settings)
    return {
      engine,
      async close() {
        await engine.close()
        const cleaner = await openElasticsearch(settings)
        for (const index of await cleaner.listIndexes()) await cleaner.deleteIndex(index)
        await cleaner.close()
      },
    }
  },
})

/** The embedded search always; Elasticsearch too where ELASTICSEARCH_URL names a node. */
export const engines: readonly EngineUnderTest[] = [
  embedded,
  ...(process.env.ELASTICSEARCH_URL ? [real(process.env.ELASTICSEARCH_URL)] : []),
]
