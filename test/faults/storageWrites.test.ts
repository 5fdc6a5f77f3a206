import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { deserialize } from 'bson'
import { expect } from 'chai'
import { runCommand } from '../../server/storage/embedded/commands.ts'
import { Cursors } from '../../server/storage/embedded/cursors.ts'
import type { Doc } from '../../server/storage/embedded/documentPaths.ts'
import { replyBytes } from '../../server/storage/embedded/rawReply.ts'
import { Store } from '../../server/storage/embedded/store.ts'
import { inFull } from './support/full.ts'
import type { Counted } from './support/storageWriter.ts'
import { disagreements } from './support/storeIntegrity.ts'

const writer = fileURLToPath(new URL('support/storageWriter.ts', import.meta.url))
const kills = inFull(50, 5)
const fullDisks = inFull(500, 60)

/** What is known of one document: answered last, and what was tried since. */
interface Known {
  is: Counted | null
  trying: (Counted | null)[]
}

describe('the embedded store', () => {
  let folder: string
  const file = () => join(folder, 'store.db')

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'skillpool-faults-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it(`holds what it answered, and its indexes agree with its documents, killed ${kills} times under 20 writers`, async () => {
    const known = new Map<string, Known>()
    for (let time = 0; time < kills; time++) {
      await writeAndKill(folder, time * 1_000_000, known, 100 + time * 13)
      const store = new Store(file())
      expect(broken(store, known)).to.deep.equal([])
      expect(disagreements(store)).to.deep.equal([])
      store.close()
    }
    expect(known.size).to.be.greaterThan(kills * 20)
  })

  it(`does so too when the disk is full ${fullDisks} times in the middle of what it writes`, async () => {
    const store = new Store(file())
    const cursors = new Cursors()
    const ask = async (command: Doc) => deserialize(replyBytes(await runCommand(store, cursors, { ...command, $db: 'faults' })))
    await ask({ createIndexes: 'counted', indexes: [{ key: { key: 1 }, unique: true }, { key: { tags: 1, n: -1 } }] })
    const known = new Map<string, Known>()
    let refused = 0
    for (let time = 0; time < fullDisks; time++) {
      const { page_count: pages } = store.db.first<{ page_count: number }>('PRAGMA page_count') as { page_count: number }
      store.db.exec(`PRAGMA max_page_count=${pages + (time % 5)}`)
      await Promise.all(Array.from({ length: 5 }, (_, number) => attempt(time * 10 + number)))
      store.db.exec('PRAGMA max_page_count=1000000')
    }
    expect(refused, 'the fault was there').to.be.greaterThan(fullDisks / 4)
    expect(broken(store, known)).to.deep.equal([])
    expect(disagreements(store)).to.deep.equal([])
    store.close()

    async function attempt(number: number): Promise<void> {
      const doc = {
        _id: `d${number}`,
        n: number,
        tags: Array.from({ length: 40 }, (_, at) => `tag ${at} ${number}`),
        key: `k${number}`.padEnd(300, 'x'),
      }
      const state: Known = { is: null, trying: [] }
      known.set(doc._id, state)
      if ((await ask({ insert: 'counted', documents: [doc] })).ok === 1) state.is = doc
      else refused++
      const grown = { ...doc, tags: [...doc.tags, 'y'.repeat(3_000)] }
      const { ok, n } = await ask({ update: 'counted', updates: [{ q: { _id: doc._id }, u: { $push: { tags: 'y'.repeat(3_000) } } }] })
      if (ok === 1 && n === 1) state.is = grown
      else if (ok !== 1) refused++
    }
  })

  it('would be found out: a lost document, a lost entry and one too many are seen', async () => {
    const known = new Map<string, Known>()
    await writeAndKill(folder, 0, known, 200)
    const store = new Store(file())
    const [collection] = store.catalogue.all()
    const entries = `i${collection?.indexes[1]?.number}`
    store.db.exec(`DELETE FROM ${entries} WHERE key IN (SELECT key FROM ${entries} LIMIT 1)`)
    store.db.exec(`INSERT INTO ${entries} (key, rid) VALUES (x'00', 123456)`)
    expect(disagreements(store)).to.have.length(2)
    store.db.exec(`DELETE FROM c${collection?.number}`)
    expect(broken(store, known).length).to.be.greaterThan(0)
    store.close()
  })
})

async function writeAndKill(dataDir: string, begin: number, known: Map<string, Known>, atLeast: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', writer, dataDir, String(begin)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  let answered = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const { id, trying, is } = JSON.parse(line) as { id: string; trying?: Counted | null; is?: Counted | null }
    const state = known.get(id) ?? { is: null, trying: [] }
    known.set(id, state)
    if (trying !== undefined) state.trying.push(trying)
    if (is === undefined) continue
    state.is = is
    state.trying = []
    if (++answered === atLeast) child.kill('SIGKILL')
  }
  await gone
}

/** Documents that are neither as they were answered, nor as they were tried. */
function broken(store: Store, known: ReadonlyMap<string, Known>): string[] {
  const collection = store.catalogue.find('faults', 'counted')
  const rows = store.db.all<{ doc: Buffer }>(`SELECT doc FROM c${collection?.number}`).map(({ doc }) => deserialize(doc) as Counted)
  const there = new Map(rows.map(doc => [doc._id, doc]))
  return [...known].flatMap(([id, { is, trying }]) => {
    const doc = there.get(id) ?? null
    return [is, ...trying].some(good => isDeepStrictEqual(good, doc))
      ? []
      : [`${id} is ${JSON.stringify(doc)?.slice(0, 200)}, answered was ${JSON.stringify(is)?.slice(0, 200)}`]
  })
}
