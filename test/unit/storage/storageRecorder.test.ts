import { expect } from 'chai'
import { StorageRecorder } from '../../support/storageRecorder.ts'

const lackingIn = (name: string, command: Record<string, unknown>) => {
  const recorder = new StorageRecorder()
  recorder.record(name, { [name]: 'people', ...command })
  return recorder.lacking
}

describe('the recorder of what the application asks its database', () => {
  const lacking: [string, Record<string, unknown>, string[]][] = [
    ['mapReduce', {}, ['command mapReduce in mapReduce']],
    ['find', { filter: { $and: [{ a: { $not: { $bitsAllSet: 1 } } }] } }, ['filter $bitsAllSet in find']],
    ['find', { filter: {}, collation: { locale: 'en' } }, ['collation in find']],
    ['count', { query: { $where: 'true' } }, ['filter $where in count']],
    ['update', { updates: [{ q: { $text: {} }, u: { $bit: { a: {} } } }] }, ['filter $text in update', 'update $bit in update']],
    ['update', { updates: [{ q: {}, u: [{ $set: { a: 1 } }] }] }, ['update by a pipeline in update']],
    [
      'update',
      { updates: [{ q: {}, u: { $set: { 'a.$[x]': 1 } }, arrayFilters: [{ x: 1 }] }] },
      ['arrayFilters in update', 'positional update in update'],
    ],
    ['update', { updates: [{ q: {}, u: { $push: { a: { $each: [], $made: 1 } } } }] }, ['modifier $made in update']],
    ['update', { updates: [{ q: {}, u: { $pull: { a: { $geoWithin: 1 } } } }] }, ['filter $geoWithin in update']],
    ['delete', { deletes: [{ q: { a: { $near: 1 } } }] }, ['filter $near in delete']],
    [
      'findAndModify',
      { query: { $expr: 1 }, update: { $bit: { a: {} } } },
      ['filter $expr in findAndModify', 'update $bit in findAndModify'],
    ],
    ['aggregate', { pipeline: [{ $match: { $expr: 1 } }, { $unwind: {} }] }, ['filter $expr in aggregate', 'stage $unwind in aggregate']],
    [
      'aggregate',
      { pipeline: [{ $match: {} }, { $unionWith: { coll: 'a', pipeline: [{ $match: { $expr: 1 } }, { $unwind: '$a' }] } }] },
      ['filter $expr in aggregate', 'stage $unwind in aggregate'],
    ],
    ['aggregate', { pipeline: [{ $group: { _id: null, all: { $mergeObjects: '$a' } } }] }, ['accumulator $mergeObjects in aggregate']],
    ['createIndexes', { indexes: [{ key: { a: 1 }, partialFilterExpression: { a: { $mod: 2 } } }] }, ['filter $mod in createIndexes']],
  ]
  for (const [name, command, names] of lacking) {
    it(`names ${names.join(' and ')}`, () => {
      expect(lackingIn(name, command)).to.deep.equal(names)
    })
  }

  it('has nothing to say of what the table has, nor of replacements and values', () => {
    expect(lackingIn('find', { filter: { $or: [{ a: { $in: [1, /x/] } }, { at: { $lt: new Date() } }] }, sort: { a: 1 } })).to.deep.equal(
      [],
    )
    expect(lackingIn('update', { updates: [{ q: { _id: 1 }, u: { name: 'whole', price: 5 } }] })).to.deep.equal([])
    expect(
      lackingIn('update', { updates: [{ q: {}, u: { $set: { a: 1 }, $push: { h: { $each: [1], $slice: -5 } } }, upsert: true }] }),
    ).to.deep.equal([])
    expect(lackingIn('aggregate', { pipeline: [{ $match: {} }, { $group: { _id: '$k', n: { $sum: 1 } } }] })).to.deep.equal([])
    expect(lackingIn('insert', { documents: [{ a: '$where' }] })).to.deep.equal([])
  })
})
