import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deserialize, EJSON } from 'bson'
import { expect } from 'chai'
import { looks } from '../../../server/storage/embedded/collectionScan.ts'
import { runCommand } from '../../../server/storage/embedded/commands.ts'
import { Cursors } from '../../../server/storage/embedded/cursors.ts'
import type { Doc } from '../../../server/storage/embedded/documentPaths.ts'
import { LostTransaction } from '../../../server/storage/embedded/groupCommit.ts'
import { replyBytes } from '../../../server/storage/embedded/rawReply.ts'
import { Store } from '../../../server/storage/embedded/store.ts'

/** Below the wire: what only the inside shows. */
describe('the embedded store, inside', () => {
  let folder: string
  let store: Store
  const cursors = new Cursors()
  const ask = async (command: Doc): Promise<Doc> => deserialize(replyBytes(await runCommand(store, cursors, { ...command, $db: 'inside' })))
  const found = async (filter: Doc, more: Doc = {}) => {
    looks.documents = 0
    const reply = await ask({ find: 'people', filter, singleBatch: true, batchSize: 1_000, ...more })
    return { ids: ((reply.cursor as Doc).firstBatch as { _id: number }[]).map(({ _id }) => _id), looked: looks.documents }
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'skillpool-inside-'))
    store = new Store(join(folder, 'store.db'))
    const documents = Array.from({ length: 1_000 }, (_, _id) => ({
      _id,
      team: _id % 50,
      at: new Date(_id * 1_000),
      tags: [`t${_id % 10}`],
      ...(_id < 5 ? { pending: true } : {}),
    }))
    await ask({ insert: 'people', documents })
    const indexes = [
      { key: { team: 1, at: -1 } },
      { key: { tags: 1 } },
      { key: { at: 1 } },
      { key: { pending: 1 }, partialFilterExpression: { pending: { $exists: true } } },
    ]
    await ask({ createIndexes: 'people', indexes })
  })
  afterEach(() => {
    store.close()
    rmSync(folder, { recursive: true })
  })

  const cases: { says: string; filter: Doc; more?: Doc; finds: number; looks: number }[] = [
    { says: '_id', filter: { _id: 7 }, finds: 1, looks: 1 },
    { says: 'several ids', filter: { _id: { $in: [7, 8, 5_000] } }, finds: 2, looks: 2 },
    {
      says: 'equality, sort and limit from one compound index',
      filter: { team: 3 },
      more: { sort: { at: -1 }, limit: 5 },
      finds: 5,
      looks: 5,
    },
    { says: 'the same backwards', filter: { team: 3 }, more: { sort: { at: 1 }, limit: 5 }, finds: 5, looks: 5 },
    { says: 'a range of dates', filter: { at: { $gte: new Date(10_000), $lt: new Date(20_000) } }, finds: 10, looks: 10 },
    { says: 'an element of an array', filter: { tags: 't3' }, finds: 100, looks: 100 },
    { says: 'a partial index', filter: { pending: { $exists: true } }, finds: 5, looks: 5 },
    { says: 'sort and limit without a filter', filter: {}, more: { sort: { at: 1 }, limit: 20 }, finds: 20, looks: 20 },
  ]
  for (const { says, filter, more, finds, looks: most } of cases) {
    it(`looks at no more documents than it finds: ${says}`, async () => {
      const { ids, looked } = await found(filter, more)
      expect(ids).to.have.length(finds)
      expect(looked).to.be.at.most(most)
    })
  }

  it('would notice a scan: without an index every document is looked at', async () => {
    await ask({ dropIndexes: 'people', index: 'team_1_at_-1' })
    expect((await found({ team: 3 })).looked).to.equal(1_000)
  })

  it('takes nothing by halves when the disk is full, says so, and goes on when there is room again', async () => {
    const pages = Number(store.db.first<{ page_count: number }>('PRAGMA page_count')?.page_count)
    store.db.exec(`PRAGMA max_page_count=${pages + 2}`)
    const big = { _id: 'big', text: 'x'.repeat(100_000), tags: Array.from({ length: 200 }, (_, n) => `tag ${n}`) }
    const refused = await ask({ insert: 'people', documents: [{ _id: 'small' }, big] })
    expect(EJSON.parse(EJSON.stringify(refused))).to.include({ ok: 0, code: 14031 })
    expect((await found({ tags: 'tag 1' })).ids).to.deep.equal([])
    expect((await found({ _id: 7 })).ids, 'reading goes on').to.deep.equal([7])
    store.db.exec('PRAGMA max_page_count=1000000')
    expect(await ask({ insert: 'people', documents: [big] })).to.deep.include({ n: 1, ok: 1 })
    expect((await found({ tags: 'tag 1' })).ids).to.deep.equal(['big'])
  })

  it('fails every command whose write was lost with the commit, and answers the others', async () => {
    const pages = Number(store.db.first<{ page_count: number }>('PRAGMA page_count')?.page_count)
    store.db.exec(`PRAGMA max_page_count=${pages + 2}`)
    const big = (n: number) => ({ insert: 'people', documents: [{ _id: `big ${n}`, text: 'x'.repeat(100_000) }] })
    const replies = await Promise.all([ask(big(1)), ask(big(2)), ask({ count: 'people', query: { team: 3 } })])
    expect(replies.map(({ ok }) => ok)).to.deep.equal([0, 0, 1])
    const kept = await ask({ count: 'people', query: {} })
    expect(kept.n, 'what was refused is not there').to.equal(1_000)
  })

  it('fails a cursor that may have seen what was lost: it has gone on, so nothing it left out could be noticed', async () => {
    const opened = (await ask({ find: 'people', sort: { _id: 1 }, batchSize: 2 })) as { cursor: { id: number } }
    const loseOnce = () => {
      store.commits.durable = () => {
        Reflect.deleteProperty(store.commits, 'durable')
        return Promise.reject(new LostTransaction())
      }
    }
    loseOnce()
    expect(await ask({ getMore: opened.cursor.id, collection: 'people', batchSize: 2 })).to.include({ ok: 0, code: 14031 })
    loseOnce()
    expect(await ask({ count: 'people', query: {} }), 'what can be read again is').to.include({ ok: 1, n: 1_000 })
  })

  it('lets others have their turn during a long scan', async () => {
    const order: string[] = []
    const scan = ask({ count: 'people', query: { nowhere: 1, $or: Array.from({ length: 300 }, (_, n) => ({ nowhere: n })) } }).then(() =>
      order.push('scan'),
    )
    const quick = ask({ ping: 1 }).then(() => order.push('ping'))
    await Promise.all([scan, quick])
    expect(order).to.deep.equal(['ping', 'scan'])
  })
})
