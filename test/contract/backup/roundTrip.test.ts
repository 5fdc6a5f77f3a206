import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EJSON } from 'bson'
import { expect } from 'chai'
import mongoose, { type Collection, type Connection } from 'mongoose'
import { Unavailable } from '../../../server/failures.ts'
import { compareWithBackup } from '../../../server/storage/backup/compareWithBackup.ts'
import { notKept } from '../../../server/storage/backup/keptCollections.ts'
import { type OpenedStore, type StoreUnderTest, stores } from '../storage/stores.ts'
import { backUpInto, bytesOf, differing, fill, recordOf, restoreFrom, TemporaryFolders } from './backups.ts'

const folders = new TemporaryFolders()
const opened: OpenedStore[] = []
const open = async (store: StoreUnderTest): Promise<OpenedStore> => {
  const one = await store.open()
  opened.push(one)
  return one
}
const closeAll = async () => {
  for (const one of opened.splice(0)) await one.close()
  folders.remove()
}

for (const store of stores) {
  describe(`backups of ${store.name}`, () => {
    let connection: Connection

    beforeEach(async () => {
      connection = (await open(store)).connection
    })
    afterEach(closeAll)

    it('have the layout of mongodump, with options and indexes', async () => {
      await fill(connection)
      const folder = folders.name()
      await backUpInto(connection, folder)
      const names = await readdir(join(folder, connection.name))
      expect(names).to.include.members(['records.bson', 'records.metadata.json', 'uploads.files.bson', 'uploads.chunks.bson', 'empty.bson'])
      const metadata = EJSON.parse(readFileSync(join(folder, connection.name, 'records.metadata.json'), 'utf8'))
      expect(metadata).to.deep.equal({
        options: {},
        indexes: [
          { v: 2, key: { _id: 1 }, name: '_id_' },
          { v: 2, key: { slug: 1 }, name: 'slug_1', unique: true },
          { v: 2, key: { pendingSince: 1 }, name: 'pendingSince_1', partialFilterExpression: { pendingSince: { $exists: true } } },
        ],
        collectionName: 'records',
        type: 'collection',
      })
      const text = readFileSync(join(folder, connection.name, 'records.metadata.json'), 'utf8')
      expect(text, 'canonical').to.include('"v":{"$numberInt":"2"}')
    })

    it('do not keep sign-ins, leases and what else must not come back', async () => {
      await fill(connection)
      const { manifest } = await backUpInto(connection, folders.name())
      const kept = manifest.collections.map(({ name }) => name)
      expect(kept.filter(name => notKept.includes(name))).to.deep.equal([])
      expect(kept, 'what comes after what refers to it').to.have.ordered.members([
        'empty',
        'notes',
        'records',
        'migrations',
        'uploads.files',
        'uploads.chunks',
      ])
    })

    it('bring back every byte, files too, and mark searchable records pending', async () => {
      await fill(connection)
      const folder = folders.name()
      const { manifest } = await backUpInto(connection, folder)
      const target = (await open(store)).connection
      await restoreFrom(target, folder)
      for (const name of ['notes', 'migrations', 'uploads.files', 'uploads.chunks'])
        expect(differing(await bytesOf(connection, name), await bytesOf(target, name)), name).to.deep.equal([])
      expect(await target.collection('records').countDocuments({ pendingSince: { $exists: true } })).to.equal(300)
      expect(await target.collection('notes').countDocuments({ pendingSince: { $exists: true } })).to.equal(0)
      const indexes = await target.collection('notes').listIndexes().toArray()
      expect(indexes.map(({ name }) => name)).to.have.members(['_id_', 'at_-1_text_1', 'over_1'])
      expect((await compareWithBackup(manifest, { connection: target })).map(line => line.split(':')[0])).to.deep.equal(['records'])
    })

    it('are compared byte for byte: a planted difference is found, and so is a document too many or too few', async () => {
      await fill(connection)
      const { manifest } = await backUpInto(connection, folders.name())
      const compared = () => compareWithBackup(manifest, { connection })
      expect(await compared()).to.deep.equal([])
      await connection.collection('notes').updateOne({ text: 'another' }, { $set: { text: 'anothes' } })
      expect(await compared()).to.deep.equal(['notes: other content'])
      await connection.collection('notes').insertOne({ text: 'one more' })
      expect(await compared()).to.deep.equal(['notes: 3 documents instead of 2'])
      await connection.collection('notes').deleteMany({})
      expect(await compared()).to.deep.equal(['notes: 0 documents instead of 2'])
    })

    it('taken while 20 writers write hold what was there before and did not change', async () => {
      await fill(connection, 3_000)
      const before = await bytesOf(connection, 'records')
      const touched = new Set<string>()
      const stop = new AbortController()
      const writers = Array.from({ length: 20 }, (_, writer) => write(connection, { writer, touched, until: stop.signal }))
      const folder = folders.name()
      await backUpInto(connection, folder).finally(() => stop.abort())
      await Promise.all(writers)
      const target = (await open(store)).connection
      await restoreFrom(target, folder)
      await target.collection('records').updateMany({}, { $unset: { pendingSince: 1 } })
      const after = await bytesOf(target, 'records')
      const untouched = [...before.keys()].filter(id => !touched.has(id))
      expect(untouched.length).to.be.greaterThan(1_000)
      expect(touched.size).to.be.greaterThan(20)
      const changed = (now: Map<string, string>) => untouched.filter(id => before.get(id) !== now.get(id))
      expect(changed(after)).to.deep.equal([])
      await target.collection<{ _id: string }>('records').updateOne({ _id: untouched[7]! }, { $set: { rev: 2 } })
      expect(changed(await bytesOf(target, 'records')), 'a planted one').to.deep.equal([untouched[7]])
      const torn = (await target.collection('records').find({}).toArray()).filter(({ text, copy }) => copy !== undefined && copy !== text)
      expect(torn, 'a document half written').to.deep.equal([])
    }).timeout(60_000)

    it('read a collection again when a unique value was passed from one record to another meanwhile', async () => {
      await fill(connection, 1_500)
      const records = connection.collection<{ _id: string }>('records')
      let times = 0
      const passOn = async () => {
        if (++times > 1) return
        await records.updateOne({ _id: 'r000000' }, { $set: { slug: 'a new one' } })
        await records.updateOne({ _id: 'r001499' }, { $set: { slug: 'slug-0' } })
      }
      const folder = folders.name()
      await backUpInto(withIntermission(connection, 'records', passOn), folder)
      expect(times, 'how often it was read').to.equal(2)
      await restoreFrom((await open(store)).connection, folder)
    })

    it('end with the name of the index when unique values never come to rest', async () => {
      await fill(connection, 1_500)
      const records = connection.collection<{ _id: string; slug: string }>('records')
      const passOn = async () => {
        const [a, b] = await records.find({ _id: { $in: ['r000000', 'r001499'] } }, { sort: { _id: 1 } }).toArray()
        await records.updateOne({ _id: a!._id }, { $set: { slug: `own ${a!.slug}` } })
        await records.updateOne({ _id: b!._id }, { $set: { slug: a!.slug } })
      }
      const refusal = await backUpInto(withIntermission(connection, 'records', passOn), folders.name()).catch(error => error)
      expect(refusal).to.be.instanceOf(Unavailable)
      expect(refusal.message).to.include('records').and.to.include('slug_1')
    })

    it('are refused where a restore was interrupted', async () => {
      await connection.collection<{ _id: string }>('unfinishedRestore').insertOne({ _id: 'restore', beganAt: new Date() } as never)
      expect((await backUpInto(connection, folders.name()).catch(error => error)).message).to.include('unfinished restore')
    })
  })
}

const [embedded, real] = stores

describe('moving', () => {
  afterEach(closeAll)

  for (const { says, way } of [
    { says: 'from one embedded store to another', way: [embedded, embedded] },
    ...(real === undefined ? [] : [{ says: 'from the embedded store to MongoDB and back', way: [embedded, real, embedded] }]),
    ...(real === undefined ? [] : [{ says: 'from MongoDB to the embedded store and back', way: [real, embedded, real] }]),
  ]) {
    it(`${says} leaves every byte as it was, indexes too`, async () => {
      const [first, ...others] = way as StoreUnderTest[]
      let connection = (await open(first!)).connection
      await fill(connection)
      await connection.collection('notes').insertOne({ whole: new mongoose.mongo.Double(2), long: mongoose.mongo.Long.fromNumber(2) })
      let folder = folders.name()
      const { manifest } = await backUpInto(connection, folder)
      for (const store of others) {
        connection = (await open(store)).connection
        await restoreFrom(connection, folder)
        await connection.collection('records').updateMany({}, { $unset: { pendingSince: 1 } })
        folder = folders.name()
        const moved = (await backUpInto(connection, folder)).manifest
        expect(checksums(moved.collections)).to.deep.equal(checksums(manifest.collections))
      }
    })
  }
})

const checksums = (collections: { name: string; documents: { sha256: string }; metadata: { sha256: string } }[]) =>
  Object.fromEntries(collections.map(({ name, documents, metadata }) => [name, [documents.sha256, metadata.sha256]]))

/** Changes, adds and removes records; `text` and `copy` are the same in every one. */
async function write(connection: Connection, { writer, touched, until }: { writer: number; touched: Set<string>; until: AbortSignal }) {
  const records = connection.collection<ReturnType<typeof recordOf> & { copy?: string }>('records')
  for (let n = 0; !until.aborted; n++) {
    const own = recordOf(writer * 50 + (n % 50))
    const added = recordOf(100_000 + writer * 10_000 + n)
    touched.add(own._id).add(added._id)
    const text = `written ${n} `.repeat(n % 100)
    if (n % 7 === 6) await records.deleteOne({ _id: own._id })
    else await records.updateOne({ _id: own._id }, { $set: { text, copy: text } })
    await records.insertOne(added)
  }
}

/** Something happens whenever the first document of a collection was read, before the last ones are asked for. */
function withIntermission(connection: Connection, name: string, happen: () => Promise<void>): Connection {
  const db = connection.db!
  const instead = (given: object, method: string, by: unknown) =>
    new Proxy(given, { get: (target, key) => (key === method ? by : bound(target, Reflect.get(target, key))) })
  const find = (...args: Parameters<Collection['find']>) => {
    const found = db.collection(name).find(...(args as [object, object]))
    const documents = async function* () {
      let isFirst = true
      for await (const document of found) {
        yield document
        if (isFirst) await happen()
        isFirst = false
      }
    }
    return instead(found, Symbol.asyncIterator as never, documents)
  }
  const collection = (asked: string) => (asked === name ? instead(db.collection(name), 'find', find) : db.collection(asked))
  return instead(connection, 'db', instead(db, 'collection', collection)) as Connection
}

const bound = (target: object, value: unknown) => (typeof value === 'function' ? value.bind(target) : value)
