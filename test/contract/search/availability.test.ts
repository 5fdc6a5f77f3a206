import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { CannotStart, Unavailable } from '../../../server/failures.ts'
import { openElasticsearch } from '../../../server/search/elasticsearch/elasticsearchSearch.ts'
import { openEmbeddedSearch } from '../../../server/search/embedded/embeddedSearch.ts'
import { SearchDatabase } from '../../../server/search/embedded/searchDatabase.ts'
import { IndexMissing, type SearchEngine } from '../../../server/search/searchEngine.ts'
import { engines } from './engines.ts'
import { aDocument, mapping, words } from './searching.ts'

const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => 'an answer',
    error => error as unknown,
  )

const asked: Record<string, (engine: SearchEngine) => Promise<unknown>> = {
  occurring: engine => engine.occurring({ aliases: ['page'], readers: ['partnership'], phrases: ['storage'] }),
  wordsNear: engine => engine.wordsNear({ aliases: ['page'], readers: ['partnership'], word: 'storgae', edits: 1, most: 3 }),
  describe: engine => engine.describe(),
  createIndex: engine => engine.createIndex('page-2', mapping),
  deleteIndex: engine => engine.deleteIndex('page-1'),
  listIndexes: engine => engine.listIndexes(),
  pointAlias: engine => engine.pointAlias('page', 'page-1'),
  aliasTarget: engine => engine.aliasTarget('page'),
  bulk: engine => engine.bulk('page-1', [{ write: aDocument('a') }]),
  search: engine => engine.search({ alias: 'page', readers: ['partnership'], text: words('storage'), from: 0, size: 10 }),
  walk: engine => engine.walk('page-1', 10)[Symbol.asyncIterator]().next(),
  stems: engine => engine.stems('storage'),
}

for (const tested of engines) {
  describe(`availability: ${tested.name}`, () => {
    it('says what it is', async () => {
      const { engine, close } = await tested.open()
      expect(await engine.describe()).to.match(
        engine.name === 'embedded' ? /^SQLite 3\.\d+\.\d+, in .+search\.db$/ : /^Elasticsearch 9\.\d+\.\d+ at http/,
      )
      await close()
    })

    it('tells an index that is not made yet from an engine that is away', async () => {
      const { engine, close } = await tested.open()
      for (const call of ['search', 'occurring', 'wordsNear', 'walk'])
        expect(await failure(asked[call]?.(engine) as Promise<unknown>), call).to.be.instanceOf(IndexMissing)
      await engine.createIndex('page-1', mapping)
      await engine.pointAlias('page', 'page-1')
      for (const call of ['search', 'occurring', 'wordsNear', 'walk'])
        expect(await failure(asked[call]?.(engine) as Promise<unknown>), `${call}, twin`).to.equal('an answer')
      await close()
    })

    it('closes at once, twice, and in the middle of a walk', async () => {
      const { engine, close } = await tested.open()
      await engine.createIndex('page-1', mapping)
      await engine.bulk('page-1', [{ write: aDocument('a') }, { write: aDocument('b') }])
      await engine.refresh('page-1')
      const { done } = await engine.walk('page-1', 1)[Symbol.asyncIterator]().next()
      expect(done).to.equal(false)
      const began = Date.now()
      await engine.close()
      await engine.close()
      expect(Date.now() - began).to.be.lessThan(2_000)
      await close()
    })

    it('answers everything while it is open, and nothing after it is closed', async () => {
      const { engine, close } = await tested.open()
      await engine.createIndex('page-1', mapping)
      await engine.pointAlias('page', 'page-1')
      for (const [call, ask] of Object.entries(asked).filter(([call]) => call !== 'deleteIndex'))
        expect(await failure(ask(engine)), `${call}, twin`).to.equal('an answer')
      await engine.close()
      for (const [call, ask] of Object.entries(asked)) expect(await failure(ask(engine)), call).to.be.instanceOf(Unavailable)
      await close()
    })
  })
}

describe('availability: Elasticsearch that is not there', () => {
  let server: Server | undefined
  const opened: SearchEngine[] = []
  const engineAt = async (port: number) => {
    const engine = await openElasticsearch({ nodes: [`http://127.0.0.1:${port}`], prefix: 'nowhere' })
    opened.push(engine)
    return engine
  }
  const listen = (answer: (server: Server) => void) => {
    const listening = createServer()
    server = listening
    answer(listening)
    return new Promise<number>(resolve => listening.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port)))
  }

  afterEach(async () => {
    for (const engine of opened.splice(0)) await engine.close()
    await new Promise(resolve => (server === undefined ? resolve(undefined) : server.close(resolve)))
    server = undefined
  })

  it('opens, and is unavailable with the first call of every kind', async () => {
    const port = await listen(() => undefined)
    await new Promise(resolve => server?.close(resolve))
    const engine = await engineAt(port)
    for (const [call, ask] of Object.entries(asked)) expect(await failure(ask(engine)), call).to.be.instanceOf(Unavailable)
  })

  it('is unavailable when it hangs up, or talks of something else', async () => {
    const port = await listen(server =>
      server.on('connection', socket => socket.on('data', () => socket.end('HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n'))),
    )
    const engine = await engineAt(port)
    for (const [call, ask] of Object.entries(asked)) expect(await failure(ask(engine)), call).to.be.instanceOf(Unavailable)
  })

  it('is unavailable once the two seconds of a search are over', async () => {
    const sockets: { destroy(): void }[] = []
    const port = await listen(server => server.on('connection', socket => sockets.push(socket)))
    const engine = await engineAt(port)
    const began = Date.now()
    expect(await failure(asked.search?.(engine) ?? Promise.resolve())).to.be.instanceOf(Unavailable)
    expect(Date.now() - began).to.be.within(1_900, 4_000)
    for (const socket of sockets) socket.destroy()
  })
})

describe('availability: the file of the embedded search', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'skillpool-search-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('keeps what was acknowledged, and the revs of what was removed', async () => {
    const file = join(folder, 'search.db')
    const first = await openEmbeddedSearch({ file })
    await first.createIndex('page-1', mapping)
    await first.pointAlias('page', 'page-1')
    await first.bulk('page-1', [{ write: aDocument('a', { title: 'Storage' }) }, { remove: { id: 'b', rev: 3 } }])
    await first.close()
    const second = await openEmbeddedSearch({ file })
    const { hits } = await second.search({ alias: 'page', readers: ['partnership'], text: words('storage'), from: 0, size: 10 })
    expect(hits.map(({ id }) => id)).to.deep.equal(['a'])
    expect(await second.bulk('page-1', [{ write: aDocument('b', { rev: 2 }) }])).to.deep.equal(['newer'])
    await second.close()
  })

  const near = { aliases: ['page'], readers: ['partnership'], word: 'storgae', edits: 1 as const, most: 3 }

  it('of an earlier version, without the words as they are written, is written to and searched', async () => {
    const file = join(folder, 'search.db')
    const first = await openEmbeddedSearch({ file })
    await first.createIndex('page-1', mapping)
    await first.pointAlias('page', 'page-1')
    await first.bulk('page-1', [{ write: aDocument('a', { title: 'Backup' }) }])
    await first.close()
    const before = new SearchDatabase(file)
    before.exec('DROP TABLE written_1')
    before.close()
    const second = await openEmbeddedSearch({ file })
    expect(await second.wordsNear(near)).to.deep.equal([])
    const operations = [{ write: aDocument('a', { rev: 2, title: 'Storage' }) }, { write: aDocument('b', { title: 'Storage' }) }]
    expect(await second.bulk('page-1', operations)).to.deep.equal(['done', 'done'])
    expect(await second.wordsNear(near)).to.deep.equal(['storage'])
    await second.close()
  })

  it('keeps no word that stands in no document any more', async () => {
    const file = join(folder, 'search.db')
    const engine = await openEmbeddedSearch({ file })
    await engine.createIndex('page-1', mapping)
    await engine.bulk('page-1', [
      { write: aDocument('a', { title: 'Storage secrets' }) },
      { write: aDocument('b', { title: 'Storage', body: 'Passphrase' }) },
    ])
    await engine.bulk('page-1', [{ remove: { id: 'a', rev: 2 } }, { write: aDocument('b', { rev: 2, title: 'Storage' }) }])
    await engine.close()
    const database = new SearchDatabase(file)
    const kept = database.all<{ word: string }>('SELECT word FROM written_1').map(({ word }) => word)
    database.close()
    expect(kept).to.deep.equal(['storage'])
  })

  it('does not start with a file that is something else, and says what to do', async () => {
    const file = join(folder, 'search.db')
    writeFileSync(file, 'not a database at all, but long enough to have a header of its own '.repeat(100))
    const error = await failure(openEmbeddedSearch({ file }))
    expect(error).to.be.instanceOf(CannotStart)
    expect((error as Error).message)
      .to.include(file)
      .and.to.include('delete it')
  })

  it('does not start where it cannot write', async () => {
    expect(await failure(openEmbeddedSearch({ file: join(folder, 'no', 'such', 'folder', 'search.db') }))).to.be.instanceOf(CannotStart)
  })
})
