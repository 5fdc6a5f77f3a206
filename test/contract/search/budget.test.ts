import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openEmbeddedSearch } from '../../../server/search/embedded/embeddedSearch.ts'
import type { SearchEngine, SearchQuery } from '../../../server/search/searchEngine.ts'
import { aDocument, mapping, onEveryEngine, words } from './searching.ts'

const documents = Array.from({ length: 25 }, (_, n) =>
  aDocument(`d${String(n).padStart(2, '0')}`, {
    title: n % 3 === 0 ? 'Storage of tapes' : 'Backup',
    body: n % 2 === 0 ? 'Notes on storage, tape by tape' : 'Notes on disks',
    keywords: { kind: [n % 2 === 0 ? 'even' : 'odd'] },
    ...(n % 5 === 0 ? { readers: ['person:ann'] } : {}),
  }),
)

onEveryEngine('the time of a query', ({ indexOf }) => {
  it('is enough for any of these, and says nothing of it then', async () => {
    const index = await indexOf(documents)
    expect(await index.ask({ text: words('storage'), facets: ['kind'] })).to.not.have.property('isPartial')
  })

  it('ends in an answer all the same when it is next to nothing, which says so when it holds less than there is', async () => {
    const index = await indexOf(documents)
    const query = { text: words('storage tape'), clauses: [{ field: 'kind', value: 'odd', score: 1 }], facets: ['kind'] }
    const { total } = await index.ask(query)
    const cut = await index.ask({ ...query, withinMs: 0 })
    expect(cut.total).to.be.at.most(total)
    if (cut.total < total) expect(cut.isPartial).to.equal(true)
    expect(await index.ask(query), 'nothing of it was kept')
      .to.deep.include({ total })
      .and.not.have.property('isPartial')
  })
})

describe('the time of a query: the embedded search', () => {
  const opened: SearchEngine[] = []
  let folder: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'skillpool-search-'))
  })
  after(async () => {
    for (const engine of opened) await engine.close()
    rmSync(folder, { recursive: true })
  })

  async function filled(file: string, sliceDocuments: number) {
    const engine = await openEmbeddedSearch({ file: join(folder, file), sliceDocuments })
    opened.push(engine)
    await engine.createIndex('page-1', mapping)
    await engine.pointAlias('page', 'page-1')
    await engine.bulk(
      'page-1',
      documents.map(write => ({ write })),
    )
    return (query: Partial<SearchQuery>) => engine.search({ alias: 'page', readers: ['partnership'], from: 0, size: 30, ...query })
  }

  it('is over at once when there is none: nothing is found, and the answer says why', async () => {
    const ask = await filled('none.db', 50_000)
    expect(await ask({ text: words('storage'), facets: ['kind'], withinMs: 0 })).to.deep.equal({
      total: 0,
      hits: [],
      facets: { kind: [] },
      isPartial: true,
    })
    expect((await ask({ text: words('storage') })).total, 'twin').to.be.above(0)
  })

  it('makes no difference to an answer that comes in slices', async () => {
    const [whole, sliced] = [await filled('whole.db', 50_000), await filled('sliced.db', 4)]
    const queries: Partial<SearchQuery>[] = [
      {},
      { text: words('storage tape'), facets: ['kind'], highlight: ['title', 'body'] },
      { text: { words: ['tape'], phrases: ['notes on storage'], excluded: ['disks'] } },
      { text: words('backup'), clauses: [{ field: 'kind', value: 'even', score: 3 }], rankedBy: [{ field: 'id', value: 'd01', score: 9 }] },
      { text: { words: [], phrases: [], excluded: ['tapes'] }, filters: [{ field: 'kind', anyOf: ['odd'] }] },
    ]
    for (const query of queries) expect(await sliced(query), JSON.stringify(query)).to.deep.equal(await whole(query))
  })
})
