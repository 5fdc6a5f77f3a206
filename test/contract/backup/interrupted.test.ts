import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Connection } from 'mongoose'
import { CannotStart } from '../../../server/failures.ts'
import { compareWithBackup } from '../../../server/storage/backup/compareWithBackup.ts'
import { refuseUnfinishedRestore } from '../../../server/storage/backup/unfinishedRestore.ts'
import { verifyBackup } from '../../../server/storage/backup/verifyBackup.ts'
import { TestProcess } from '../../support/childProcess.ts'
import { type OpenedStore, stores } from '../storage/stores.ts'
import { backUpInto, fill, knownMigrations, restoreFrom, TemporaryFolders } from './backups.ts'

const backupProcess = new URL('backupProcess.ts', import.meta.url)
const refusalOf = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => Promise.reject(new Error('it was not refused')),
    error => error,
  )

for (const store of stores) {
  describe(`interrupted backups and restores on ${store.name}`, () => {
    const folders = new TemporaryFolders()
    const opened: OpenedStore[] = []
    let source: OpenedStore
    let connection: Connection
    let folder: string

    const open = async () => {
      const one = await store.open()
      opened.push(one)
      return one
    }
    const killed = async (verb: 'backup' | 'restore', { uri, databaseName }: OpenedStore, haltAt: number) => {
      const child = new TestProcess(backupProcess, [verb, uri, databaseName, folder, String(haltAt)])
      await child.sends<{ done: number }>(({ done }) => done >= haltAt)
      await child.kill()
    }

    beforeEach(async () => {
      source = await open()
      connection = source.connection
      folder = folders.name()
      await fill(connection, 2_000)
    })
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.close()
      folders.remove()
    })

    it('a backup that was killed is none, and goes on: what was done is not read again', async () => {
      await killed('backup', source, 1_200)
      const notes = join(folder, source.databaseName, 'notes.bson')
      const { ino, mtimeMs } = statSync(notes)
      expect(existsSync(join(folder, 'manifest.json'))).to.equal(false)
      expect((await refusalOf(verifyBackup({ folder, knownMigrations }))).message).to.include('npm run backup')
      await connection.collection('notes').insertOne({ text: 'too late for this backup' })
      const { isResumed } = await backUpInto(connection, folder)
      expect(isResumed).to.equal(true)
      expect(statSync(notes)).to.include({ ino, mtimeMs })
      const manifest = await verifyBackup({ folder, knownMigrations })
      expect(await compareWithBackup(manifest, { connection })).to.deep.equal(['notes: 3 documents instead of 2'])
    }).timeout(60_000)

    it('a file that was lost meanwhile is read again', async () => {
      await killed('backup', source, 1_200)
      appendFileSync(join(folder, source.databaseName, 'notes.bson'), 'more')
      await backUpInto(connection, folder)
      expect(await compareWithBackup(await verifyBackup({ folder, knownMigrations }), { connection })).to.deep.equal([])
    }).timeout(60_000)

    it('a backup is gone on with by one process at a time', async () => {
      const child = new TestProcess(backupProcess, ['backup', source.uri, source.databaseName, folder, '1200'])
      await child.sends<{ done: number }>(({ done }) => done >= 1_200)
      expect((await refusalOf(backUpInto(connection, folder))).message).to.include(String(child.pid))
      await child.kill()
      await backUpInto(connection, folder)
    }).timeout(60_000)

    it('a backup that is stopped between two batches can go on in the same process', async () => {
      const stop = new AbortController()
      const progress = ({ done }: { done: number }) => done > 1_000 && stop.abort()
      const stopped = await refusalOf(backUpInto(connection, folder, { progress, signal: stop.signal }))
      expect(stopped.name).to.equal('AbortError')
      expect((await backUpInto(connection, folder)).isResumed).to.equal(true)
    })

    it('a restore that was killed closes the database to everybody, and begins anew', async () => {
      await backUpInto(connection, folder)
      const target = await open()
      await killed('restore', target, 1_000)
      expect(await target.connection.collection('records').countDocuments(), 'a part is there').to.be.within(1, 1_999)
      expect((await refusalOf(refuseUnfinishedRestore(target.connection))).message).to.include('npm run restore')
      await restoreFrom(target.connection, folder)
      await refuseUnfinishedRestore(target.connection)
      expect(await target.connection.collection('records').countDocuments()).to.equal(2_000)
    }).timeout(60_000)

    it('a restore is made by one process at a time', async () => {
      await backUpInto(connection, folder)
      const target = await open()
      const child = new TestProcess(backupProcess, ['restore', target.uri, target.databaseName, folder, '1200'])
      await child.sends<{ done: number }>(({ done }) => done >= 1_200)
      expect((await refusalOf(restoreFrom(target.connection, folder))).message).to.include(String(child.pid))
      await child.kill()
    }).timeout(60_000)

    it('a restore into a store with anything in it is refused, by the name of the database and what is there', async () => {
      await backUpInto(connection, folder)
      const { connection: target } = await open()
      await target.collection('letters').insertOne({ text: 'mine' })
      const refusal = await refusalOf(restoreFrom(target, folder))
      expect(refusal).to.be.instanceOf(CannotStart)
      expect(refusal.message).to.include(target.name).and.to.include('letters')
      expect(await target.db!.listCollections().toArray()).to.have.length(1)
    })
  })
}

describe('the folder of a backup', () => {
  const folders = new TemporaryFolders()
  let opened: OpenedStore
  let folder: string

  before(async () => {
    opened = await stores[0]!.open()
    await fill(opened.connection, 10)
  })
  after(() => opened.close())
  beforeEach(() => {
    folder = folders.name()
  })
  afterEach(() => folders.remove())

  const refused = async (more = {}) => {
    const refusal = await refusalOf(backUpInto(opened.connection, folder, more))
    expect(refusal).to.be.instanceOf(CannotStart)
    return refusal.message
  }

  it('is not one with anything else in it, which stays', async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'letter.txt'), 'mine')
    expect(await refused()).to.include('letter.txt')
    expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).to.equal('mine')
  })

  it('is not one with a whole backup', async () => {
    await backUpInto(opened.connection, folder)
    expect(await refused()).to.include('whole backup')
  })

  it('is not one with an interrupted backup of another database, or of another place', async () => {
    await backUpInto(opened.connection, folder)
    const { endedAt: _ended, sha256: _checksum, ...draft } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    rmSync(join(folder, 'manifest.json'))
    const by = { holder: 'x', host: 'another machine', pid: 1 }
    const unfinished = (given: object) => writeFileSync(join(folder, 'unfinished.json'), JSON.stringify({ ...draft, by, ...given }))
    unfinished({ database: 'other' })
    expect(await refused()).to.include('other')
    unfinished({ origin: 'another place' })
    expect(await refused()).to.include('another place')
    unfinished({ version: 99 })
    expect(await refused()).to.include('unfinished.json')
    unfinished({})
    writeFileSync(join(folder, 'letter.txt'), 'mine')
    expect(await refused()).to.include('letter.txt')
    rmSync(join(folder, 'letter.txt'))
    await backUpInto(opened.connection, folder)
  })

  it('can only be read by its owner', async () => {
    await backUpInto(opened.connection, folder)
    expect(statSync(folder).mode & 0o777).to.equal(0o700)
    expect(statSync(join(folder, 'manifest.json')).mode & 0o777).to.equal(0o600)
    expect(statSync(join(folder, opened.databaseName, 'records.bson')).mode & 0o777).to.equal(0o600)
  })
})
