import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { defineModels, type Models } from '../../../server/models.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { connectStorage, type Storage } from '../../../server/storage/connectStorage.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'

const reader = { tokens: ['team:mine'] }

describe('records with readers', () => {
  let dataDir: string
  let storage: Storage
  let people: Models['people']
  let write: IndexedWrite<Person>

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'skillpool-guards-'))
    storage = await connectStorage({ dataDir })
    people = defineModels(storage.connection).people
    write = new IndexedWrite<Person>(people, 'name', { now: () => new Date() })
    await write.createMany([aPerson('seen', ['team:mine', 'team:other']), aPerson('hidden', ['team:other'])])
  })
  after(async () => {
    await storage.close()
    rmSync(dataDir, { recursive: true })
  })

  const failureOf = (asked: PromiseLike<unknown>) =>
    Promise.resolve(asked).then(
      () => 'no failure',
      (error: Error) => error.message,
    )
  const all = () => people.find({}).asSystem('a test looks at everything').sort({ _id: 1 }).lean<Person[]>()

  const reads: Record<
    string,
    () => PromiseLike<unknown> & { readableBy?(by: typeof reader): PromiseLike<unknown>; asSystem?(reason: string): PromiseLike<unknown> }
  > = {
    find: () => people.find({}),
    findOne: () => people.findOne({ _id: 'seen' }),
    findById: () => people.findById('seen'),
    countDocuments: () => people.countDocuments({}),
    distinct: () => people.distinct('name'),
  }
  for (const [name, read] of Object.entries(reads)) {
    it(`are not read by ${name} without saying for whom or why`, async () => {
      expect(await failureOf(read())).to.match(/A read of people without readableBy\(person\) or asSystem\(reason\)/)
      expect(await failureOf(read().readableBy?.(reader) as PromiseLike<unknown>)).to.equal('no failure')
      expect(await failureOf(read().asSystem?.('a test') as PromiseLike<unknown>)).to.equal('no failure')
    })
  }

  it('are read as far as readers and tokens meet, whatever else is asked', async () => {
    const ids = async (filter: object, tokens: string[]) =>
      (await people.find(filter).readableBy({ tokens }).lean<Person[]>()).map(({ _id }) => _id)
    expect(await ids({}, ['team:mine'])).to.deep.equal(['seen'])
    expect(await ids({ $or: [{ _id: 'hidden' }, { _id: 'seen' }] }, ['team:mine'])).to.deep.equal(['seen'])
    expect(await ids({ readers: 'team:other' }, ['team:mine'])).to.deep.equal(['seen'])
    expect(await ids({}, [])).to.deep.equal([])
    expect(await people.countDocuments({}).readableBy(reader)).to.equal(1)
  })

  it('are not aggregated, which would go past the filter', async () => {
    expect(await failureOf(people.aggregate([{ $match: {} }]).exec())).to.include('Aggregation is not for records with readers')
  })

  const writes: Record<string, () => PromiseLike<unknown>> = {
    updateOne: () => people.updateOne({ _id: 'seen' }, { $set: { name: 'X' } }),
    updateMany: () => people.updateMany({}, { $set: { name: 'X' } }),
    findOneAndUpdate: () => people.findOneAndUpdate({ _id: 'seen' }, { $set: { name: 'X' } }).asSystem('a test'),
    findByIdAndUpdate: () => people.findByIdAndUpdate('seen', { $set: { name: 'X' } }).asSystem('a test'),
    findOneAndReplace: () => people.findOneAndReplace({ _id: 'seen' }, aPerson('seen', [])).asSystem('a test'),
    replaceOne: () => people.replaceOne({ _id: 'seen' }, aPerson('seen', [])),
    deleteOne: () => people.deleteOne({ _id: 'seen' }),
    deleteMany: () => people.deleteMany({}),
    findOneAndDelete: () => people.findOneAndDelete({ _id: 'seen' }).asSystem('a test'),
    create: () => people.create([{ ...aPerson('more', []), rev: 1 }]),
    save: () => new people({ ...aPerson('more', []), rev: 1 }).save(),
    insertMany: () => people.insertMany([aPerson('more', [])]),
    bulkWrite: () => people.bulkWrite([{ deleteOne: { filter: { _id: 'seen' } } }]),
    bulkSave: () => people.bulkSave([new people(aPerson('more', []))]),
    'document.updateOne': () => new people(aPerson('seen', [])).updateOne({ $set: { name: 'X' } }),
    'document.deleteOne': () => new people(aPerson('seen', [])).deleteOne(),
  }
  for (const [name, attempt] of Object.entries(writes)) {
    it(`are not written by ${name}, of which the search engine would not hear`, async () => {
      const before = await all()
      expect(await failureOf(attempt())).to.match(/outside indexedWrite: the search engine would not hear of it/)
      expect(await all()).to.deep.equal(before)
    })
  }

  it('are written by indexedWrite, each time with a higher rev and marked as pending', async () => {
    await write.create(aPerson('new', ['partnership']))
    const changed = await write.update({ _id: 'new' }, { $set: { name: 'Ada New' } })
    expect(changed).to.deep.include({ rev: 2, titleWords: ['ada', 'new'] })
    expect(changed?.pendingSince).to.be.instanceOf(Date)
    await write.updateEach([{ filter: { _id: 'new' }, change: { $set: { about: 'x' } } }])
    expect((await all()).find(({ _id }) => _id === 'new')).to.include({ rev: 3, about: 'x' })
    expect(await write.update({ _id: 'nobody' }, { $set: { name: 'X' } })).to.equal(null)
  })

  it('leave nothing but a tombstone when erased, which nobody reads', async () => {
    await write.create({ ...aPerson('gone', ['team:mine']), about: 'private', email: 'x@example.org' })
    await write.erase({ _id: 'gone' })
    const tombstone = (await all()).find(({ _id }) => _id === 'gone')
    expect(tombstone).to.have.all.keys('_id', 'slug', 'readers', 'rev', 'pendingSince', 'deletedAt', 'titleWords')
    expect(tombstone).to.deep.include({ readers: [], titleWords: [], slug: 'gone', rev: 2 })
  })
})

const aPerson = (_id: string, readers: string[]) => ({
  ...{ _id, slug: `person-${_id}`, name: 'Somebody', nameWords: [], organisationId: 'o', teamIds: [], role: '' },
  ...{ roles: ['member' as const], about: '', skills: [], status: 'active' as const, readers },
})
