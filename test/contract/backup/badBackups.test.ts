import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serialize } from 'bson'
import { expect } from 'chai'
import { CannotStart } from '../../../server/failures.ts'
import { type Draft, type Manifest, sealed } from '../../../server/storage/backup/manifest.ts'
import { verifyBackup } from '../../../server/storage/backup/verifyBackup.ts'
import { type OpenedStore, stores } from '../storage/stores.ts'
import { backUpInto, fill, knownMigrations, restoreFrom, TemporaryFolders } from './backups.ts'

/** One thing wrong with a backup. `records` stands for the file of a collection that was backed up as `database`. */
interface Damage {
  says: string
  damage(folder: string, database: string): void
  /** What the refusal must name, beside the file. */
  file: string
  why: RegExp
}

const changeByte = (path: string, at: number) => {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(path, bytes)
}
const manifestIn = (folder: string) => join(folder, 'manifest.json')
const readIn = (folder: string) => JSON.parse(readFileSync(manifestIn(folder), 'utf8')) as Manifest
const changeManifest = (folder: string, change: (manifest: Manifest) => object) =>
  writeFileSync(manifestIn(folder), JSON.stringify(change(readIn(folder))))
const reseal = (folder: string, change: (manifest: Manifest) => void) =>
  changeManifest(folder, manifest => {
    change(manifest)
    return sealed(manifest as Draft & { endedAt: string })
  })

/** Whoever wrote this file wrote its manifest too: its size and checksum are right, its content is not. */
function rewrite(folder: string, name: string, part: 'documents' | 'metadata', content: Buffer, count = 1): void {
  reseal(folder, ({ collections }) => {
    const written = collections.find(collection => collection.name === name)![part]
    writeFileSync(join(folder, written.file), content)
    Object.assign(written, { count, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') })
  })
}

const documents = (...made: object[]) => Buffer.concat(made.map(document => serialize(document)))

const damages: Damage[] = [
  {
    says: 'a file cut off',
    damage: (folder, db) => truncateSync(join(folder, db, 'records.bson'), 5_000),
    file: 'records.bson',
    why: /cut off/,
  },
  {
    says: 'an empty file',
    damage: (folder, db) => truncateSync(join(folder, db, 'records.bson'), 0),
    file: 'records.bson',
    why: /cut off/,
  },
  {
    says: 'a file with more',
    damage: (folder, db) => appendFileSync(join(folder, db, 'notes.bson'), 'x'),
    file: 'notes.bson',
    why: /bytes/,
  },
  {
    says: 'a byte changed',
    damage: (folder, db) => changeByte(join(folder, db, 'records.bson'), 900),
    file: 'records.bson',
    why: /SHA-256/,
  },
  {
    says: 'metadata changed',
    damage: (folder, db) => changeByte(join(folder, db, 'notes.metadata.json'), 9),
    file: 'notes.metadata.json',
    why: /changed/,
  },
  {
    says: 'a file missing',
    damage: (folder, db) => rmSync(join(folder, db, 'uploads.chunks.bson')),
    file: 'uploads.chunks.bson',
    why: /missing/,
  },
  {
    says: 'metadata missing',
    damage: (folder, db) => rmSync(join(folder, db, 'notes.metadata.json')),
    file: 'notes.metadata.json',
    why: /missing/,
  },
  {
    says: 'a file too many',
    damage: (folder, db) => writeFileSync(join(folder, db, 'more.bson'), ''),
    file: 'more.bson',
    why: /Take it out/,
  },
  { says: 'a file beside', damage: folder => writeFileSync(join(folder, 'letter.txt'), ''), file: 'letter.txt', why: /Take it out/ },
  {
    says: 'a file in another folder',
    damage: folder => {
      mkdirSync(join(folder, 'other'))
      writeFileSync(join(folder, 'other', 'records.bson'), '')
    },
    file: 'other/records.bson',
    why: /does not belong/,
  },
  {
    says: 'a link instead of a file',
    damage: (folder, db) => {
      renameSync(join(folder, db, 'notes.bson'), `${folder}-notes.bson`)
      symlinkSync(`${folder}-notes.bson`, join(folder, db, 'notes.bson'))
    },
    file: 'notes.bson',
    why: /does not belong/,
  },
  { says: 'no manifest', damage: folder => rmSync(manifestIn(folder)), file: 'manifest.json', why: /missing/ },
  { says: 'a manifest cut off', damage: folder => truncateSync(manifestIn(folder), 300), file: 'manifest.json', why: /not whole/ },
  {
    says: 'a foreign manifest',
    damage: folder => writeFileSync(manifestIn(folder), '{"name":"x"}'),
    file: 'manifest.json',
    why: /not the manifest/,
  },
  {
    says: 'a manifest changed',
    damage: folder => changeManifest(folder, manifest => ({ ...manifest, endedAt: '2001-01-01T00:00:00.000Z' })),
    file: 'manifest.json',
    why: /changed/,
  },
  {
    says: 'a manifest that leaves something out',
    damage: folder => changeManifest(folder, ({ database: _, ...manifest }) => manifest),
    file: 'manifest.json',
    why: /database/,
  },
  {
    says: 'a manifest that leads elsewhere',
    damage: folder =>
      changeManifest(folder, manifest => {
        manifest.collections[0]!.documents.file = '../../etc/passwd'
        return manifest
      }),
    file: 'manifest.json',
    why: /file/,
  },
  {
    says: 'a newer format',
    damage: folder => reseal(folder, manifest => Object.assign(manifest, { version: 2 })),
    file: 'manifest.json',
    why: /update Skillpool/,
  },
  {
    says: 'a wrong count',
    damage: folder =>
      reseal(folder, ({ collections }) => {
        collections.find(({ name }) => name === 'records')!.documents.count--
      }),
    file: 'records.bson',
    why: /40 documents instead of 39/,
  },
  {
    says: 'something that is not BSON',
    damage: folder => rewrite(folder, 'notes', 'documents', Buffer.from('this is a letter, and no document')),
    file: 'notes.bson',
    why: /not BSON/,
  },
  {
    says: 'a document that ends too early',
    damage: folder => rewrite(folder, 'notes', 'documents', documents({ _id: 1 }, { _id: 2 }).subarray(0, -3)),
    file: 'notes.bson',
    why: /ends within/,
  },
  {
    says: 'a document that is not well-formed inside',
    damage: folder => {
      const broken = documents({ _id: 1, text: 'abc' })
      broken[13] = 0x7e
      rewrite(folder, 'notes', 'documents', broken)
    },
    file: 'notes.bson',
    why: /document 1/,
  },
  {
    says: 'metadata that is none',
    damage: folder => rewrite(folder, 'notes', 'metadata', Buffer.from('{"options":{}}')),
    file: 'notes.metadata.json',
    why: /lacks/,
  },
  {
    says: 'a unique value twice',
    damage: folder => rewrite(folder, 'records', 'documents', documents({ _id: 1, slug: 'a' }, { _id: 2, slug: 'a' }), 2),
    file: 'records.bson',
    why: /same value/,
  },
  {
    says: 'a change of a newer Skillpool',
    damage: folder => rewrite(folder, 'migrations', 'documents', documents({ _id: '0099-from-the-future' })),
    file: 'migrations.bson',
    why: /0099-from-the-future.*update Skillpool/,
  },
]

describe('a bad backup is refused by the name of the file', () => {
  const folders = new TemporaryFolders()
  let source: OpenedStore
  let target: OpenedStore
  let good: string

  before(async () => {
    source = await stores[0]!.open()
    target = await stores[0]!.open()
    await fill(source.connection, 40)
    good = folders.name()
    await backUpInto(source.connection, good)
  })
  after(async () => {
    await source.close()
    await target.close()
    folders.remove()
  })

  for (const { says, damage, file, why } of damages) {
    it(says, async () => {
      const folder = folders.name()
      cpSync(good, folder, { recursive: true })
      damage(folder, source.databaseName)
      const refusal = await restoreFrom(target.connection, folder).then(
        () => Promise.reject(new Error('it was restored')),
        error => error,
      )
      expect(refusal).to.be.instanceOf(CannotStart)
      expect(
        refusal.message.split('\n').filter((line: string) => line.includes(file) && why.test(line)),
        refusal.message,
      ).to.have.length(1)
      expect(await target.connection.db!.listCollections().toArray(), 'nothing was written').to.deep.equal([])
    })
  }

  it('all of them at once when several are bad, and the others not', async () => {
    const folder = folders.name()
    cpSync(good, folder, { recursive: true })
    truncateSync(join(folder, source.databaseName, 'records.bson'), 100)
    rmSync(join(folder, source.databaseName, 'notes.bson'))
    const { message } = await verifyBackup({ folder, knownMigrations }).catch(error => error)
    expect(message).to.include('records.bson').and.to.include('notes.bson').and.not.to.include('uploads')
  })

  it('a folder that is not there', async () => {
    const refusal = await verifyBackup({ folder: folders.name(), knownMigrations }).catch(error => error)
    expect(refusal).to.be.instanceOf(CannotStart)
  })

  it('the good one is not', async () => {
    await verifyBackup({ folder: good, knownMigrations })
  })
})
