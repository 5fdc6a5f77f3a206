import { expect } from 'chai'
import type { Collection } from 'mongoose'
import { supportedOperations } from '../../../server/storage/embedded/supportedOperations.ts'
import { filterCases } from './filterCases.ts'
import { type OpenedStore, stores } from './stores.ts'
import { updateCases } from './updateCases.ts'

type Docs = Collection<{ _id: never } & Record<string, unknown>>

const codeOf = (error: unknown) => (error as { code?: number }).code

for (const store of stores) {
  describe(`documents on ${store.name}`, () => {
    let opened: OpenedStore
    let made = 0
    const fresh = () => opened.connection.collection(`c${++made}`) as unknown as Docs

    before(async () => {
      opened = await store.open()
    })
    after(() => opened.close())

    for (const { says, docs, filter, finds } of filterCases) {
      it(`finds: ${says}`, async () => {
        const collection = fresh()
        await collection.insertMany(docs as never)
        const found = await collection
          .find(filter as never)
          .sort({ _id: 1 })
          .toArray()
        expect(found.map(({ _id }) => _id)).to.deep.equal(finds)
        await collection.createIndex({ a: 1 })
        const indexed = await collection
          .find(filter as never)
          .sort({ _id: 1 })
          .toArray()
        expect(
          indexed.map(({ _id }) => _id),
          'with an index',
        ).to.deep.equal(finds)
      })
    }

    for (const { says, doc, update, makes, modified = true, refuses } of updateCases) {
      it(`changes: ${says}`, async () => {
        const collection = fresh()
        await collection.insertOne(doc as never)
        const done = await collection.updateOne({ _id: 1 as never }, update as never).catch(codeOf)
        const after = await collection.findOne({ _id: 1 as never })
        if (refuses !== undefined) {
          expect(done).to.equal(refuses)
          expect(after, 'nothing half done').to.deep.equal(doc)
          return
        }
        expect(done).to.deep.include({ matchedCount: 1, modifiedCount: modified ? 1 : 0 })
        expect(after).to.deep.equal(makes)
        expect(Object.keys(after as object), 'the order of fields').to.deep.equal(Object.keys(makes as object))
      })
    }

    it('sorts values of all types in one order, smallest element first, largest when descending', async () => {
      const collection = fresh()
      const values = ['b', null, 5, true, new Date(0), { x: 1 }, [3, 9], undefined, [], -1, 'a', false]
      await collection.insertMany(values.map((a, _id) => (a === undefined ? { _id } : { _id, a })) as never)
      const ids = async (direction: 1 | -1) =>
        (await collection.find().sort({ a: direction, _id: 1 }).toArray()).map(({ _id }) => _id as number)
      expect(await ids(1)).to.deep.equal([8, 1, 7, 9, 6, 2, 10, 0, 5, 11, 3, 4])
      expect(await ids(-1)).to.deep.equal([4, 3, 11, 5, 0, 10, 6, 2, 9, 1, 7, 8])
      await collection.createIndex({ a: 1, _id: 1 })
      expect(await ids(1), 'with an index').to.deep.equal([8, 1, 7, 9, 6, 2, 10, 0, 5, 11, 3, 4])
    })

    it('gives the fields that were asked for', async () => {
      const collection = fresh()
      await collection.insertOne({ _id: 1, a: 1, b: { c: 2, d: 3 }, e: [{ f: 1, g: 2 }] } as never)
      const get = async (projection: object) => collection.findOne({}, { projection })
      expect(await get({ a: 1 })).to.deep.equal({ _id: 1, a: 1 })
      expect(await get({ _id: 0, 'b.c': 1, 'e.f': 1 })).to.deep.equal({ b: { c: 2 }, e: [{ f: 1 }] })
      expect(await get({ a: 0, 'b.d': 0 })).to.deep.equal({ _id: 1, b: { c: 2 }, e: [{ f: 1, g: 2 }] })
      expect(await get({ _id: 0 })).to.not.have.property('_id')
      expect(await get({ a: 1, b: 0 }).catch(codeOf)).to.equal(31254)
    })

    it('pages by skip and limit, in batches through getMore and killCursors', async () => {
      const collection = fresh()
      await collection.insertMany(Array.from({ length: 250 }, (_, _id) => ({ _id })) as never)
      const page = await collection.find().sort({ _id: 1 }).skip(10).limit(5).toArray()
      expect(page.map(({ _id }) => _id)).to.deep.equal([10, 11, 12, 13, 14])
      expect(await collection.find().batchSize(7).toArray()).to.have.length(250)
      const cursor = collection.find().batchSize(2)
      await cursor.next()
      await cursor.close()
      expect(await opened.connection.db?.command({ getMore: 999n, collection: 'none' }).catch(codeOf)).to.equal(43)
    })

    it('inserts many, ordered or not, and says which were refused', async () => {
      const collection = fresh()
      const docs = [{ _id: 1 }, { _id: 1 }, { _id: 2 }]
      const ordered = await collection.insertMany(docs as never).catch(error => ({ code: codeOf(error), n: error.insertedCount }))
      expect(ordered).to.deep.equal({ code: 11000, n: 1 })
      const unordered = await collection
        .insertMany(docs as never, { ordered: false })
        .catch(error => ({ n: error.insertedCount, errors: error.writeErrors.length }))
      expect(unordered).to.deep.equal({ n: 1, errors: 2 })
      expect(await collection.countDocuments()).to.equal(2)
    })

    it('makes ids where there are none', async () => {
      const collection = fresh()
      await collection.insertOne({ a: 1 } as never)
      expect(String((await collection.findOne())?._id)).to.match(/^[0-9a-f]{24}$/)
      expect(await collection.insertOne({ _id: [1] } as never).catch(codeOf)).to.equal(53)
    })

    it('adds 20 at once to 20', async () => {
      const collection = fresh()
      await collection.insertOne({ _id: 1, n: 0 } as never)
      await Promise.all(Array.from({ length: 20 }, () => collection.updateOne({ _id: 1 as never }, { $inc: { n: 1 } } as never)))
      expect((await collection.findOne())?.n).to.equal(20)
    })

    it('upserts from what the filter equals, and adds $setOnInsert', async () => {
      const collection = fresh()
      const filter = { _id: 'k', kind: { $eq: 'x' }, n: { $gt: 5 }, $and: [{ b: 1 }] }
      const done = await collection.updateOne(filter as never, { $set: { a: 1 }, $setOnInsert: { c: 2 } } as never, { upsert: true })
      expect(done).to.deep.include({ matchedCount: 0, upsertedCount: 1, upsertedId: 'k' })
      expect(await collection.findOne()).to.deep.equal({ _id: 'k', kind: 'x', b: 1, a: 1, c: 2 })
      await collection.updateOne({ _id: 'k' as never }, { $setOnInsert: { c: 9 } } as never, { upsert: true })
      expect((await collection.findOne())?.c).to.equal(2)
    })

    it('lets one of 20 concurrent upserts insert', async () => {
      const collection = fresh()
      await collection.createIndex({ key: 1 }, { unique: true })
      const tries = Array.from({ length: 20 }, () =>
        collection.updateOne({ key: 'k' } as never, { $inc: { n: 1 } } as never, { upsert: true }).catch(() => undefined),
      )
      await Promise.all(tries)
      expect(await collection.countDocuments({ key: 'k' } as never)).to.equal(1)
    })

    it('updates many, replaces one, and refuses to replace many', async () => {
      const collection = fresh()
      await collection.insertMany([
        { _id: 1, k: 1 },
        { _id: 2, k: 1 },
        { _id: 3, k: 2 },
      ] as never)
      expect(await collection.updateMany({ k: 1 } as never, { $set: { f: true } } as never)).to.deep.include({
        matchedCount: 2,
        modifiedCount: 2,
      })
      await collection.replaceOne({ _id: 3 as never }, { z: 1 } as never)
      expect(await collection.findOne({ _id: 3 as never })).to.deep.equal({ _id: 3, z: 1 })
      const many = opened.connection.db?.command({ update: collection.collectionName, updates: [{ q: {}, u: { z: 2 }, multi: true }] })
      expect((await many)?.writeErrors?.[0]?.code).to.equal(9)
    })

    it('finds and modifies: before, after, sorted, upserted, removed', async () => {
      const collection = fresh()
      await collection.insertMany([
        { _id: 1, n: 1 },
        { _id: 2, n: 2 },
      ] as never)
      const change = { $inc: { n: 10 } } as never
      expect(await collection.findOneAndUpdate({}, change, { sort: { n: -1 } })).to.deep.equal({ _id: 2, n: 2 })
      expect(
        await collection.findOneAndUpdate({ _id: 2 as never }, change, { returnDocument: 'after', projection: { n: 1, _id: 0 } }),
      ).to.deep.equal({ n: 22 })
      expect(await collection.findOneAndUpdate({ _id: 9 as never }, change)).to.equal(null)
      expect(await collection.findOneAndUpdate({ _id: 9 as never }, change, { upsert: true, returnDocument: 'after' })).to.deep.equal({
        _id: 9,
        n: 10,
      })
      expect(await collection.findOneAndReplace({ _id: 9 as never }, { z: 1 } as never, { returnDocument: 'after' })).to.deep.equal({
        _id: 9,
        z: 1,
      })
      expect(await collection.findOneAndDelete({ _id: 9 as never })).to.deep.equal({ _id: 9, z: 1 })
    })

    it('deletes one or many', async () => {
      const collection = fresh()
      await collection.insertMany([
        { _id: 1, k: 1 },
        { _id: 2, k: 1 },
        { _id: 3, k: 1 },
      ] as never)
      expect(await collection.deleteOne({ k: 1 } as never)).to.deep.include({ deletedCount: 1 })
      expect(await collection.deleteMany({ k: 1 } as never)).to.deep.include({ deletedCount: 2 })
    })

    it('writes in bulk', async () => {
      const collection = fresh()
      const done = await collection.bulkWrite([
        { insertOne: { document: { _id: 1, n: 1 } as never } },
        { updateOne: { filter: { _id: 1 as never }, update: { $inc: { n: 1 } } as never } },
        { updateOne: { filter: { _id: 2 as never }, update: { $set: { n: 5 } } as never, upsert: true } },
        { deleteOne: { filter: { _id: 1 as never } } },
      ])
      expect(done).to.include({ insertedCount: 1, matchedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 })
    })

    it('counts, names distinct values, and groups', async () => {
      const collection = fresh()
      await collection.insertMany([
        { _id: 1, k: 'a', n: 1 },
        { _id: 2, k: 'a', n: 3 },
        { _id: 3, k: 'b', n: 5, t: ['x', 'y'] },
        { _id: 4, t: ['y'] },
      ] as never)
      expect(await collection.countDocuments({ k: 'a' } as never)).to.equal(2)
      expect(await collection.estimatedDocumentCount()).to.equal(4)
      expect(await collection.distinct('k')).to.deep.equal(['a', 'b'])
      expect(await collection.distinct('t', { k: { $ne: 'a' } } as never)).to.deep.equal(['x', 'y'])
      const stages = [
        { $match: { k: { $exists: true } } },
        {
          $group: {
            _id: '$k',
            sum: { $sum: '$n' },
            avg: { $avg: '$n' },
            min: { $min: '$n' },
            max: { $max: '$n' },
            first: { $first: '$n' },
            last: { $last: '$n' },
            all: { $push: '$n' },
            set: { $addToSet: '$k' },
            n: { $sum: 1 },
          },
        },
        { $sort: { _id: 1 } },
        { $skip: 0 },
        { $limit: 1 },
      ]
      const grouped = await collection.aggregate(stages).toArray()
      expect(grouped).to.deep.equal([{ _id: 'a', sum: 4, avg: 2, min: 1, max: 3, first: 1, last: 3, all: [1, 3], set: ['a'], n: 2 }])
      expect(await collection.aggregate([{ $match: { k: 'a' } }, { $count: 'n' }]).toArray()).to.deep.equal([{ n: 2 }])
    })

    it('finds as a query does at the beginning of a pipeline, and keeps or leaves out fields', async () => {
      const collection = fresh()
      await collection.createIndex({ k: 1, n: 1 })
      await collection.insertMany([1, 2, 3, 4, 5].map(n => ({ _id: n, k: n === 4 ? 'b' : 'a', n, inner: { x: n, y: n } })) as never)
      const found = async (...stages: object[]) => collection.aggregate(stages as never).toArray()
      const beginning = [{ $match: { k: 'a' } }, { $sort: { n: -1 } }, { $skip: 1 }, { $limit: 2 }]
      expect(await found(...beginning, { $project: { n: 1 } })).to.deep.equal([3, 2].map(n => ({ _id: n, n })))
      expect(await found(...beginning, { $project: { _id: 0, 'inner.y': 1 } })).to.deep.equal([{ inner: { y: 3 } }, { inner: { y: 2 } }])
      expect(await found(...beginning, { $project: { inner: 0, k: 0 } })).to.deep.equal([3, 2].map(n => ({ _id: n, n })))
      expect(await found(...beginning, { $count: 'n' })).to.deep.equal([{ n: 2 }])
      expect(await found({ $limit: 3 }, { $match: { k: 'b' } })).to.deep.equal([])
    })

    it('joins what several pipelines find, each in its order and each document with where it is from', async () => {
      const [one, other] = [fresh(), fresh()]
      await one.insertMany([1, 2, 3].map(n => ({ _id: n, n })) as never)
      await other.insertMany([1, 2, 3].map(n => ({ _id: n, n })) as never)
      const from = (place: number) => ({ $replaceWith: { place, doc: '$$ROOT', n: '$n' } })
      const pipelineOf = (other: string) => [
        { $match: { n: { $gt: 1 } } },
        { $sort: { n: -1 } },
        from(0),
        { $unionWith: { coll: other, pipeline: [{ $match: { n: { $lt: 3 } } }, { $sort: { n: -1 } }, from(1)] } },
        { $unionWith: { coll: 'nobody-made-it', pipeline: [from(2)] } },
        { $unionWith: { coll: other, pipeline: [{ $count: 'all' }, { $replaceWith: { place: 3, doc: '$$ROOT' } }] } },
      ]
      const joined = [
        ...[3, 2].map(n => ({ place: 0, doc: { _id: n, n }, n })),
        ...[2, 1].map(n => ({ place: 1, doc: { _id: n, n }, n })),
        { place: 3, doc: { all: 3 } },
      ]
      expect(await one.aggregate(pipelineOf(other.collectionName)).toArray()).to.deep.equal(joined)
      expect(await fresh().aggregate(pipelineOf(other.collectionName)).toArray()).to.deep.equal(joined.slice(2))
    })

    it('looks documents of another collection up by a value, or by one of several; what has none finds those that have none', async () => {
      const [one, other] = [fresh(), fresh()]
      await one.insertMany([{ _id: 1, of: { k: 'a' } }, { _id: 2, of: { k: ['a', 'b'] } }, { _id: 3 }, { _id: 4, of: { k: 'c' } }] as never)
      await other.insertMany([{ _id: 'a' }, { _id: 'b' }, { _id: 'n', x: 1 }] as never)
      const lookup = async (foreignField: string) =>
        (
          await one
            .aggregate([
              { $sort: { _id: 1 } },
              { $lookup: { from: other.collectionName, localField: 'of.k', foreignField, as: 'found' } },
              { $project: { 'found.x': 0 } },
            ])
            .toArray()
        ).map(({ found }) => (found as { _id: string }[]).map(({ _id }) => _id).sort())
      expect(await lookup('_id')).to.deep.equal([['a'], ['a', 'b'], [], []])
      expect(await lookup('x')).to.deep.equal([[], [], ['a', 'b'], []])
    })

    it('keeps a unique index, with the words of MongoDB', async () => {
      const collection = fresh()
      await collection.createIndex({ slug: 1 }, { unique: true })
      await collection.insertMany([
        { _id: 1, slug: 'x' },
        { _id: 2, slug: 'y' },
      ] as never)
      const refusal = await collection.insertOne({ _id: 3, slug: 'x' } as never).catch(error => error)
      expect(refusal.message).to.match(/^E11000 duplicate key error collection: .* index: slug_1 dup key: \{ slug: "x" \}$/)
      expect(refusal).to.deep.include({ code: 11000, keyPattern: { slug: 1 }, keyValue: { slug: 'x' } })
      expect(await collection.updateOne({ _id: 2 as never }, { $set: { slug: 'x' } } as never).catch(codeOf)).to.equal(11000)
      expect(await collection.insertOne({ _id: 4 } as never).then(() => 'once')).to.equal('once')
      expect(await collection.insertOne({ _id: 5 } as never).catch(codeOf), 'missing is a value too').to.equal(11000)
    })

    it('keeps a unique index over elements, and refuses to make one that is broken already', async () => {
      const collection = fresh()
      await collection.createIndex({ tags: 1 }, { unique: true })
      await collection.insertOne({ _id: 1, tags: ['a', 'b'] } as never)
      expect(await collection.insertOne({ _id: 2, tags: ['b', 'c'] } as never).catch(codeOf)).to.equal(11000)
      await collection.insertMany([
        { _id: 3, tags: 'z', k: 1 },
        { _id: 4, tags: 'q', k: 1 },
      ] as never)
      expect(await collection.createIndex({ k: 1 }, { unique: true }).catch(codeOf)).to.equal(11000)
    })

    it('uses partial and sparse indexes only where they hold all that is asked for', async () => {
      const collection = fresh()
      await collection.createIndex({ at: 1 }, { partialFilterExpression: { at: { $exists: true } } })
      await collection.createIndex({ s: 1 }, { sparse: true })
      await collection.createIndex({ u: 1 }, { unique: true, partialFilterExpression: { on: true } })
      await collection.insertMany([
        { _id: 1, at: 5, s: 1, u: 1, on: true },
        { _id: 2, u: 1 },
        { _id: 3, at: null, u: 1, on: false },
      ] as never)
      const ids = async (filter: object, sort: object = { _id: 1 }) =>
        (
          await collection
            .find(filter as never)
            .sort(sort as never)
            .toArray()
        ).map(({ _id }) => _id)
      expect(await ids({ at: { $exists: true } }, { at: 1 })).to.deep.equal([3, 1])
      expect(await ids({ at: null })).to.deep.equal([2, 3])
      expect(await ids({ at: { $lt: 9 } })).to.deep.equal([1])
      expect(await ids({ s: null })).to.deep.equal([2, 3])
      expect(await ids({}, { s: 1, _id: 1 })).to.deep.equal([2, 3, 1])
      expect(await collection.insertOne({ _id: 4, u: 1, on: true } as never).catch(codeOf)).to.equal(11000)
    })

    it('answers the same through compound indexes, ascending and descending', async () => {
      const collection = fresh()
      const docs = Array.from({ length: 200 }, (_, _id) => ({
        _id,
        k: _id % 3,
        at: new Date((_id * 7919) % 1000),
        t: [`t${_id % 5}`, `u${_id % 7}`],
      }))
      await collection.insertMany(docs as never)
      const asked = [
        collection.find({ k: 1 } as never).sort({ at: -1, _id: 1 } as never),
        collection.find({ k: 1, at: { $gte: new Date(200), $lt: new Date(700) } } as never).sort({ at: 1, _id: 1 } as never),
        collection
          .find({ k: { $in: [0, 2] }, at: { $gt: new Date(500) } } as never)
          .sort({ at: -1, _id: 1 } as never)
          .limit(7),
        collection
          .find({ t: 't3' } as never)
          .sort({ at: -1, _id: 1 } as never)
          .skip(3)
          .limit(4),
        collection.find({ t: { $in: ['t1', 'u1'] } } as never).sort({ _id: -1 } as never),
        collection.find({ at: { $lte: new Date(300) } } as never).sort({ _id: 1 } as never),
      ]
      const plain = await Promise.all(asked.map(cursor => cursor.clone().toArray()))
      await collection.createIndex({ k: 1, at: -1 })
      await collection.createIndex({ t: 1, at: -1 })
      await collection.createIndex({ at: -1 })
      const indexed = await Promise.all(asked.map(cursor => cursor.clone().toArray()))
      expect(indexed).to.deep.equal(plain)
      expect(plain.map(found => found.length)).to.satisfy((lengths: number[]) => lengths.every(length => length > 0))
    })

    it('lists, makes and drops collections and indexes', async () => {
      const { db } = opened.connection
      await db?.createCollection('named')
      expect(await db?.createCollection('named').catch(codeOf)).to.equal(48)
      const collection = db?.collection('named')
      await collection?.createIndex({ a: 1 }, { name: 'by_a', expireAfterSeconds: 60 })
      expect(await collection?.indexes()).to.deep.equal([
        { v: 2, key: { _id: 1 }, name: '_id_' },
        { v: 2, key: { a: 1 }, name: 'by_a', expireAfterSeconds: 60 },
      ])
      await collection?.createIndex({ a: 1 }, { name: 'by_a', expireAfterSeconds: 60 })
      expect(await collection?.createIndex({ b: 1 }, { name: 'by_a' }).catch(codeOf)).to.equal(86)
      await collection?.dropIndex('by_a')
      expect(await collection?.dropIndex('by_a').catch(codeOf)).to.equal(27)
      expect((await db?.listCollections({ name: 'named' }).toArray())?.map(({ name }) => name)).to.deep.equal(['named'])
      await collection?.drop()
      expect(await db?.listCollections({ name: 'named' }).toArray()).to.deep.equal([])
      expect(await db?.collection('none').indexes().catch(codeOf)).to.equal(26)
    })

    it('refuses a document of more than 16 MB', async () => {
      const collection = fresh()
      await collection.insertOne({ _id: 1, text: 'x'.repeat(9_000_000) } as never)
      const change = { $push: { more: 'y'.repeat(8_000_000) } } as never
      expect(await collection.updateOne({ _id: 1 as never }, change).catch(codeOf)).to.be.oneOf([10334, 17419])
    }).timeout(60_000)

    it('keeps dates, numbers, binary, nested arrays and text as they are', async () => {
      const collection = fresh()
      const doc = {
        _id: 1,
        date: new Date('1970-01-01T00:00:00.001Z'),
        before: new Date(-5),
        big: 2 ** 52,
        half: 0.5,
        text: 'é\u0000x',
        empty: '',
        nested: [[1, [2]], { a: [] }],
        flag: false,
        none: null,
      }
      await collection.insertOne(doc as never)
      expect(await collection.findOne()).to.deep.equal(doc)
      await collection.insertOne({ _id: 2, bytes: Buffer.from([0, 1, 255]) } as never)
      const bytes = (await collection.findOne({ _id: 2 as never }))?.bytes as { buffer: Uint8Array }
      expect([...bytes.buffer]).to.deep.equal([0, 1, 255])
    })

    it('answers ping, buildInfo and hello, and refuses commands that nobody knows', async () => {
      const db = opened.connection.db
      expect((await db?.command({ ping: 1 }))?.ok).to.equal(1)
      expect((await db?.command({ buildInfo: 1 }))?.version).to.match(/^\d+\.\d+/)
      expect((await db?.command({ hello: 1 }))?.isWritablePrimary).to.equal(true)
      expect((await db?.command({ isMaster: 1 }))?.ismaster).to.equal(true)
      expect((await db?.command({ ismaster: 1 }))?.ismaster).to.equal(true)
      expect((await db?.command({ endSessions: [] }))?.ok).to.equal(1)
      expect(await db?.command({ conjure: 1 }).catch(codeOf)).to.equal(59)
    })

    it('counts by the old command, and drops a database', async () => {
      const db = opened.connection.useDb(`${opened.connection.name}-other`).db
      await db?.collection('a').insertOne({ k: 1 })
      expect((await db?.command({ count: 'a', query: { k: 1 } }))?.n).to.equal(1)
      await db?.dropDatabase()
      expect(await db?.collection('a').countDocuments()).to.equal(0)
    })

    it('sets $currentDate', async () => {
      const collection = fresh()
      await collection.insertOne({ _id: 1 } as never)
      await collection.updateOne({}, { $currentDate: { at: true } } as never)
      const at = (await collection.findOne())?.at as Date
      expect(Math.abs(at.getTime() - Date.now())).to.be.below(60_000)
    })
  })
}

describe('the table of supported operations', () => {
  const told = JSON.stringify([filterCases, updateCases], (_key, value) => (value instanceof RegExp ? 'pattern' : value)) + operationsTold()

  it('has a case for each of its lines', () => {
    const names = [
      ...supportedOperations.filters,
      ...supportedOperations.updates,
      ...supportedOperations.pushModifiers,
      ...supportedOperations.stages,
      ...supportedOperations.accumulators,
    ]
    expect(names.filter(name => !told.includes(name))).to.deep.equal([])
  })

  it('would notice a line without a case', () => {
    expect(told.includes('$bitsAllSet')).to.equal(false)
  })
})

function operationsTold(): string {
  return '$currentDate $match $sort $skip $limit $count $group $project $replaceWith $unionWith $lookup $sum $avg $min $max $first $last $push $addToSet'
}
