import { expect } from 'chai'
import type { Collection, mongo } from 'mongoose'
import { supportedOperations } from '../../../server/storage/embedded/supportedOperations.ts'
import { type OpenedStore, stores } from './stores.ts'

/** What MongoDB would do and this application never asks for: a refusal that names it, instead of an answer that may be wrong. */
const refusals: { says: string; ask: (collection: Collection) => Promise<unknown>; code: number; names: RegExp }[] = [
  { says: 'a filter operator', ask: it => it.findOne({ a: { $bitsAllSet: 1 } }), code: 115, names: /\$bitsAllSet/ },
  { says: '$where', ask: it => it.findOne({ $where: 'true' }), code: 115, names: /\$where/ },
  { says: '$text', ask: it => it.findOne({ $text: { $search: 'x' } }), code: 115, names: /\$text/ },
  { says: '$expr', ask: it => it.findOne({ $expr: { $eq: ['$a', '$b'] } }), code: 115, names: /\$expr/ },
  { says: 'an update operator', ask: it => it.updateOne({}, { $bit: { a: { and: 1 } } }), code: 9, names: /\$bit/ },
  { says: 'an update by a pipeline', ask: it => it.updateOne({}, [{ $set: { a: 1 } }]), code: 115, names: /pipeline/ },
  { says: 'a positional update', ask: it => it.updateOne({ a: 1 }, { $set: { 'a.$': 2 } }), code: 115, names: /positional/ },
  {
    says: 'array filters',
    ask: it => it.updateOne({}, { $set: { 'a.$[x]': 2 } }, { arrayFilters: [{ x: 1 }] }),
    code: 115,
    names: /arrayFilters/,
  },
  {
    says: 'a stage',
    ask: it => it.aggregate([{ $unwind: '$a' }]).toArray(),
    code: 115,
    names: /\$unwind/,
  },
  {
    says: 'a stage of a pipeline that is joined',
    ask: it => it.aggregate([{ $unionWith: { coll: 'b', pipeline: [{ $unwind: '$a' }] } }]).toArray(),
    code: 115,
    names: /\$unwind/,
  },
  {
    says: 'a variable',
    ask: it => it.aggregate([{ $group: { _id: null, all: { $push: '$$ROOT' } } }]).toArray(),
    code: 115,
    names: /ROOT/,
  },
  { says: 'an expression', ask: it => it.aggregate([{ $group: { _id: { $toLower: '$a' } } }]).toArray(), code: 115, names: /\$toLower/ },
  { says: 'collation when finding', ask: it => it.find({}, { collation: { locale: 'en' } }).toArray(), code: 115, names: /collation/ },
  {
    says: 'collation when changing',
    ask: it => it.updateOne({}, { $set: { a: 1 } }, { collation: { locale: 'en' } }),
    code: 115,
    names: /collation/,
  },
  { says: 'a projection of elements', ask: it => it.findOne({ a: 1 }, { projection: { 'a.$': 1 } }), code: 115, names: /a\.\$/ },
  { says: 'a text index', ask: it => it.createIndex({ a: 'text' }), code: 67, names: /text/ },
  { says: 'a change stream', ask: it => it.watch().next(), code: 115, names: /\$changeStream/ },
]

const embedded = stores[0]

describe('what the embedded store refuses', () => {
  let opened: OpenedStore
  let collection: Collection

  before(async () => {
    opened = (await embedded?.open()) as OpenedStore
    collection = opened.connection.collection('refusals')
    await collection.insertOne({ a: 1 })
  })
  after(() => opened.close())
  afterEach('nothing was changed', async () => {
    expect(await collection.find({}, { projection: { _id: 0 } }).toArray()).to.deep.equal([{ a: 1 }])
  })

  for (const { says, ask, code, names } of refusals) {
    it(says, async () => {
      const refusal = (await ask(collection).catch(error => error)) as mongo.MongoServerError
      expect(refusal).to.be.an('error')
      expect(refusal.code).to.equal(code)
      expect(refusal.message).to.match(names)
    })
  }

  it('a transaction, at its first command', async () => {
    const first = { insert: 'refusals', documents: [{ a: 2 }], startTransaction: true, autocommit: false }
    const refusal = await opened.connection.db?.command(first).catch(error => error)
    expect(refusal.code).to.equal(20)
    const throughTheDriver = await opened.connection
      .transaction(session => collection.insertOne({ a: 2 }, { session }))
      .catch(error => error)
    expect(throughTheDriver).to.be.an('error')
  })

  it('a command that is not in the table', async () => {
    expect(supportedOperations.commands).to.not.include('mapReduce')
    const refusal = await opened.connection.db?.command({ mapReduce: 'refusals' }).catch(error => error)
    expect(refusal.code).to.equal(59)
  })
})
