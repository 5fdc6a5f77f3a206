import { CannotStart } from '../../failures.ts'
import { startWorker } from '../../startWorker.ts'
import {
  type BulkOperation,
  type BulkOutcome,
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
import { embeddedAnalysis } from './embeddedAnalysis.ts'
import { CalledWorker } from './workerCalls.ts'

const writeDeadlineMs = 30_000
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 }

interface EmbeddedSettings {
  file: string
  prefix?: string
  /** So many documents are asked before a look at the clock: some tenths of a second, at worst. */
  sliceDocuments?: number
  /** searchBudgetMs unless given. */
  budgetMs?: number
}

/**
 * SQLite FTS5 in a worker thread: the engine that needs nothing but npm. The file is a copy that can be deleted and is built again.
 * @throws CannotStart when the file is damaged or cannot be written
 */
export async function openEmbeddedSearch({
  file,
  prefix = '',
  sliceDocuments = 50_000,
  budgetMs = searchBudgetMs,
}: EmbeddedSettings): Promise<SearchEngine> {
  const worker = new CalledWorker(
    startWorker('./searchWorker', import.meta.url, { workerData: { file, prefix, sliceDocuments }, resourceLimits }),
  )
  try {
    await worker.call('open', [], writeDeadlineMs)
    return new EmbeddedSearch(worker, { file, budgetMs })
  } catch (error) {
    await worker.stop()
    throw new CannotStart(
      `${file}: the embedded search cannot open it (${(error as Error).message}). It is a copy: delete it, and it is built again at the next start.`,
    )
  }
}

class EmbeddedSearch implements SearchEngine {
  readonly name = 'embedded'
  readonly analysis = embeddedAnalysis
  private readonly worker: CalledWorker
  readonly budgetMs: number
  private readonly file: string
  private closing: Promise<void> | undefined

  constructor(worker: CalledWorker, { file, budgetMs }: { file: string; budgetMs: number }) {
    this.worker = worker
    this.file = file
    this.budgetMs = budgetMs
  }

  async describe(): Promise<string> {
    return `SQLite ${await this.worker.call<string>('version', [], this.budgetMs)}, in ${this.file}`
  }

  createIndex(index: string, mapping: SearchMapping): Promise<void> {
    return this.worker.call('createIndex', [index, mapping], writeDeadlineMs)
  }

  deleteIndex(index: string): Promise<void> {
    return this.worker.call('deleteIndex', [index], writeDeadlineMs)
  }

  listIndexes(): Promise<string[]> {
    return this.worker.call('listIndexes', [], writeDeadlineMs)
  }

  pointAlias(alias: string, index: string): Promise<void> {
    return this.worker.call('pointAlias', [alias, index], writeDeadlineMs)
  }

  aliasTarget(alias: string): Promise<string | undefined> {
    return this.worker.call('aliasTarget', [alias], writeDeadlineMs)
  }

  bulk(index: string, operations: readonly BulkOperation[]): Promise<BulkOutcome[]> {
    return this.worker.call('bulk', [index, operations], writeDeadlineMs)
  }

  /** Everything acknowledged is found already. */
  async refresh(): Promise<void> {}

  search(query: SearchQuery): Promise<SearchAnswer> {
    return this.worker.call('search', [{ withinMs: this.budgetMs, ...query }], (query.withinMs ?? this.budgetMs) + searchGraceMs)
  }

  nearest(query: NearestQuery): Promise<NearDocument[]> {
    return this.worker.call('nearest', [query], this.budgetMs)
  }

  occurring(asked: Parameters<SearchEngine['occurring']>[0]): Promise<string[]> {
    return this.worker.call('occurring', [asked], this.budgetMs)
  }

  wordsNear(asked: Parameters<SearchEngine['wordsNear']>[0]): Promise<string[]> {
    return this.worker.call('wordsNear', [asked], this.budgetMs)
  }

  async *walk(index: string, pageSize: number): AsyncGenerator<SearchDocument[]> {
    const walk = await this.worker.call<number>('beginWalk', [], writeDeadlineMs)
    try {
      for (let after = ''; ; ) {
        const page = await this.worker.call<SearchDocument[]>('walkOn', [walk, index, after, pageSize], writeDeadlineMs)
        if (page.length > 0) yield page.map(withDates)
        const last = page.at(-1)
        if (last === undefined || page.length < pageSize) return
        after = last.id
      }
    } finally {
      await this.worker.call('endWalk', [walk], writeDeadlineMs)
    }
  }

  stems(text: string): Promise<string[]> {
    return this.worker.call('stems', [text], this.budgetMs)
  }

  close(): Promise<void> {
    this.closing ??= this.closeFile()
    return this.closing
  }

  private async closeFile(): Promise<void> {
    await this.worker.call('close', [], writeDeadlineMs)
    await this.worker.stop()
  }
}

const withDates = (document: SearchDocument): SearchDocument => ({
  ...document,
  dates: Object.fromEntries(Object.entries(document.dates).map(([field, date]) => [field, new Date(date)])),
})
