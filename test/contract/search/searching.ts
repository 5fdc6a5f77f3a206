import type {
  BulkOperation,
  BulkOutcome,
  SearchAnswer,
  SearchDocument,
  SearchEngine,
  SearchMapping,
  SearchQuery,
  TextQuery,
} from '../../../server/search/searchEngine.ts'
import { engines, type OpenedEngine } from './engines.ts'

export const mapping: SearchMapping = {
  text: { title: { weight: 2 }, body: { weight: 1 } },
  keywords: ['kind', 'skill'],
  dates: ['publishedAt'],
}

type Asked = Partial<Omit<SearchQuery, 'alias'>>

/** An index under an alias of its own. */
export interface TestIndex {
  name: string
  alias: string
  ask(query?: Asked): Promise<SearchAnswer>
  /** The ids of the hits, in order. */
  ids(query?: Asked): Promise<string[]>
  /** Writes and refreshes. */
  bulk(operations: readonly BulkOperation[]): Promise<BulkOutcome[]>
}

export interface Searching {
  engine(): SearchEngine
  /** A new index that holds these documents. */
  indexOf(documents?: readonly SearchDocument[]): Promise<TestIndex>
}

/** Runs a group of tests over every engine: each with an engine of its own, closed and emptied afterwards. */
export function onEveryEngine(subject: string, tests: (searching: Searching) => void): void {
  for (const tested of engines) {
    describe(`${subject}: ${tested.name}`, () => {
      let opened: OpenedEngine
      let made = 0

      before(async () => {
        opened = await tested.open()
      })
      after(() => opened.close())

      tests({
        engine: () => opened.engine,
        indexOf: (documents = []) => filledIndex(opened.engine, ++made, documents),
      })
    })
  }
}

async function filledIndex(engine: SearchEngine, number: number, documents: readonly SearchDocument[]): Promise<TestIndex> {
  const index = { name: `page-${number}-1`, alias: `page-${number}` }
  await engine.createIndex(index.name, mapping)
  await engine.pointAlias(index.alias, index.name)
  const bulk = async (operations: readonly BulkOperation[]) => {
    const outcomes = await engine.bulk(index.name, operations)
    await engine.refresh(index.name)
    return outcomes
  }
  if (documents.length > 0) await bulk(documents.map(write => ({ write })))
  const ask = (query: Asked = {}) => engine.search({ alias: index.alias, readers: ['partnership'], from: 0, size: 20, ...query })
  return { ...index, ask, bulk, ids: async query => (await ask(query)).hits.map(({ id }) => id) }
}

type Parts = Partial<Omit<SearchDocument, 'id' | 'text'>> & { title?: string; body?: string }

export const aDocument = (id: string, { title = '', body = '', ...rest }: Parts = {}): SearchDocument => ({
  id,
  rev: 1,
  readers: ['partnership'],
  text: { title, body },
  keywords: {},
  dates: {},
  ...rest,
})

/** Documents about something else, so that the words under test are rare enough to rank by. */
export const fillers = (count: number): SearchDocument[] =>
  Array.from({ length: count }, (_, n) =>
    aDocument(`filler-${String(n).padStart(3, '0')}`, { title: 'Catering', body: 'Sandwiches and tea at noon' }),
  )

export const words = (typed: string): TextQuery => ({ words: typed.split(' '), phrases: [], excluded: [] })
export const phrases = (...all: string[]): TextQuery => ({ words: [], phrases: all, excluded: [] })
