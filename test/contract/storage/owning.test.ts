import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import mongoose, { type Connection } from 'mongoose'
import { CannotStart } from '../../../server/failures.ts'
import { type EmbeddedStore, openEmbeddedStore } from '../../../server/storage/embedded/embeddedStore.ts'

const writerProcess = fileURLToPath(new URL('writerProcess.ts', import.meta.url))

describe('the folder of an embedded store', () => {
  let dataDir: string
  const opened: (EmbeddedStore | Connection)[] = []

  const open = async (options: { mayJoin?: boolean; sweepMs?: number } = {}): Promise<EmbeddedStore> => {
    const store = await openEmbeddedStore({ dataDir, ...options })
    opened.unshift(store)
    return store
  }
  const connect = async ({ uri }: EmbeddedStore): Promise<Connection> => {
    const connection = await mongoose.createConnection(uri, { dbName: 'killed', autoIndex: false }).asPromise()
    opened.unshift(connection)
    return connection
  }
  const closeAll = async () => {
    for (const it of opened.splice(0)) await it.close()
  }
  const refusal = (): Promise<Error> =>
    open().then(
      () => Promise.reject(new Error('it was opened')),
      error => error,
    )

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'skillpool-owning-'))
  })
  afterEach(async () => {
    await closeAll()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('keeps what was written for the next owner', async () => {
    await (await connect(await open())).collection('kept').insertOne({ text: 'here' })
    await closeAll()
    expect(await (await connect(await open())).collection('kept').countDocuments()).to.equal(1)
  })

  it('has one owner: a second is refused with the process that has it, a guest speaks to the owner', async () => {
    await open()
    const error = await refusal()
    expect(error).to.be.instanceOf(CannotStart)
    expect(error.message).to.include(String(process.pid)).and.to.include(dataDir)
    const guest = await open({ mayJoin: true })
    expect(guest.role).to.equal('guest')
    await (await connect(guest)).collection('kept').insertOne({ text: 'from the guest' })
  })

  it('loses nothing that was acknowledged when the owner is killed while it writes, five times over', async () => {
    let acknowledged: number[] = []
    for (let time = 0; time < 5; time++) {
      acknowledged = acknowledged.concat(await writeAndKill(dataDir, time * 1_000_000, 40 + time * 25))
      const store = await open()
      expect(store.role, 'taken over from the dead').to.equal('owner')
      const written = (await connect(store)).collection<{ _id: number }>('written')
      const there = new Set((await written.find().toArray()).map(({ _id }) => _id))
      expect(acknowledged.filter(id => !there.has(id))).to.deep.equal([])
      const indexed = await Promise.all(Array.from({ length: 20 }, (_, writer) => written.countDocuments({ writer } as object)))
      expect(indexed.reduce((a, b) => a + b)).to.equal(there.size)
      await closeAll()
    }
    expect(acknowledged.length).to.be.at.least(5 * 40)
  }).timeout(120_000)

  it('refuses a file that is damaged, and names it', async () => {
    writeFileSync(join(dataDir, 'store.db'), 'this was never a database, but a letter that got lost'.repeat(200))
    const error = await refusal()
    expect(error).to.be.instanceOf(CannotStart)
    expect(error.message).to.include(join(dataDir, 'store.db')).and.to.include('backup')
    expect(existsSync(join(dataDir, 'owner.lock')), 'the folder is free again').to.equal(false)
  })

  it('refuses a file that was overwritten in the middle, and leaves it as it is', async () => {
    const collection = (await connect(await open())).collection('kept')
    await collection.insertMany(Array.from({ length: 300 }, (_, n) => ({ n, text: 'y'.repeat(2_000) })))
    await closeAll()
    const file = join(dataDir, 'store.db')
    scribble(file)
    const before = readFileSync(file)
    const error = await refusal()
    expect(error.message).to.include(file)
    expect(readFileSync(file).equals(before)).to.equal(true)
  })

  it('refuses a file that was cut off', async () => {
    const collection = (await connect(await open())).collection('kept')
    await collection.insertMany(Array.from({ length: 300 }, (_, n) => ({ n, text: 'y'.repeat(2_000) })))
    await closeAll()
    const file = join(dataDir, 'store.db')
    truncateSync(file, Math.floor(statSync(file).size / 8_192) * 4_096)
    expect((await refusal()).message).to.include(file)
  })

  it('refuses a folder that cannot be', async () => {
    writeFileSync(join(dataDir, 'a file'), '')
    const under = join(dataDir, 'a file', 'data')
    const error = await openEmbeddedStore({ dataDir: under }).catch(reason => reason)
    expect(error).to.be.instanceOf(CannotStart)
    expect(error.message).to.include('DATA_DIR').and.to.include(under)
  })

  it('refuses a lock that cannot be read, and says what to do', async () => {
    writeFileSync(join(dataDir, 'owner.lock'), 'no lock at all')
    const error = await refusal()
    expect(error.message).to.include(join(dataDir, 'owner.lock')).and.to.include('delete')
  })

  it('removes what a TTL index says is over, and only that', async () => {
    const collection = (await connect(await open({ sweepMs: 50 }))).collection<{ _id: string; expires: Date | string }>('kept')
    await collection.createIndex({ expires: 1 }, { expireAfterSeconds: 0 })
    await collection.insertMany([
      { _id: 'over', expires: new Date(Date.now() - 1_000) },
      { _id: 'to come', expires: new Date(Date.now() + 60_000) },
      { _id: 'no date', expires: 'yesterday' },
    ])
    for (let tries = 0; tries < 100 && (await collection.countDocuments({ _id: 'over' })) > 0; tries++)
      await new Promise(later => setTimeout(later, 20))
    const left = await collection.find().sort({ _id: 1 }).toArray()
    expect(left.map(({ _id }) => _id)).to.deep.equal(['no date', 'to come'])
  })

  it('leaves no socket behind', async () => {
    const store = await open()
    const socket = decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(store.uri)?.[1] as string)
    expect(existsSync(socket)).to.equal(true)
    await closeAll()
    expect(existsSync(dirname(socket))).to.equal(false)
  })
})

/** @returns the ids that the process said were acknowledged, before it was killed after `atLeast` of them */
async function writeAndKill(dataDir: string, from: number, atLeast: number): Promise<number[]> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', writerProcess, dataDir, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const ids: number[] = []
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  lines.on('line', line => {
    ids.push(Number(line))
    if (ids.length === atLeast) child.kill('SIGKILL')
  })
  await Promise.all([gone, once(lines, 'close')])
  return ids
}

function scribble(file: string): void {
  const handle = openSync(file, 'r+')
  const noise = Buffer.from('scribbled over '.repeat(600))
  for (let at = 8_192; at < statSync(file).size - noise.length; at += 40_960) writeSync(handle, noise, 0, noise.length, at)
  closeSync(handle)
}
