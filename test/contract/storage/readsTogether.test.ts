import { expect } from 'chai'
import type { Model } from 'mongoose'
import { internalModel, readableModel } from '../../../server/storage/defineModel.ts'
import type { GuardedModel } from '../../../server/storage/guardedReads.ts'
import { readingTogether } from '../../../server/storage/readsTogether.ts'
import { type OpenedStore, stores } from './stores.ts'

interface Note {
  _id: string
  about: string
  at: Date
  tags: string[]
}

interface Secret {
  _id: string
  readers: string[]
  text: string
}

for (const store of stores) {
  describe(`reads that begin together on ${store.name}`, () => {
    let opened: OpenedStore
    let notes: Model<Note>
    let secrets: GuardedModel<Secret>
    const commands: string[] = []

    before(async () => {
      opened = await store.open()
      const { connection } = opened
      notes = internalModel<Note>(connection, { collection: 'notes', fields: { about: String, at: Date, tags: [String] } })
      secrets = readableModel<Secret>(connection, { collection: 'secrets', fields: { text: String } })
      const at = (day: number) => new Date(Date.UTC(2026, 0, day))
      await notes.insertMany([1, 2, 3, 4].map(n => ({ _id: `n${n}`, about: n > 2 ? 'late' : 'early', at: at(n), tags: ['a', `t${n}`] })))
      await secrets.insertMany(['mine', 'yours'].map(who => ({ _id: who, readers: [who], text: `of ${who}` })))
      connection.getClient().on('commandStarted', ({ commandName }) => commands.push(commandName))
    })
    after(() => opened.close())

    const reader = { tokens: ['mine'] }
    const reads = (): PromiseLike<unknown>[] => [
      notes.find({ about: 'late' }).sort({ at: -1 }).lean(),
      notes.find({}).sort({ _id: 1 }).skip(1).limit(2).select({ about: 1 }).lean(),
      notes.find({ at: { $gte: '2026-01-03' } }, { tags: 0 }).lean(),
      notes.find({ _id: { $in: [] } }).lean(),
      notes.findOne({ tags: 't2' }, { _id: 0, at: 1 }).lean(),
      notes.findById('nobody').lean(),
      notes.countDocuments({ tags: 'a' }),
      notes.countDocuments({ about: 'never' }),
      secrets.find({}).readableBy(reader).lean(),
      secrets.countDocuments({}).asSystem('a test counts everything'),
    ]
    const asked = async (work: () => Promise<unknown>) => {
      commands.length = 0
      return { answer: await work(), commands: [...commands] }
    }

    it('are one question, and find what each finds alone', async () => {
      const alone = await asked(() => Promise.all(reads()))
      const together = await asked(() => readingTogether(() => Promise.all(reads())))
      expect(together.answer).to.deep.equal(alone.answer)
      expect([alone.commands.length, together.commands]).to.deep.equal([reads().length, ['aggregate']])
    })

    it('are asked anew for what the first of them led to; a single one is asked as usual', async () => {
      const { commands: taken } = await asked(() =>
        readingTogether(async () => {
          const [first] = await Promise.all([notes.findById('n1').lean<Note>(), notes.findById('n2').lean<Note>()])
          return notes.find({ about: first?.about ?? '' }).lean()
        }),
      )
      expect(taken).to.deep.equal(['aggregate', 'find'])
    })

    it('still have to say for whom or why', async () => {
      const failed = await readingTogether(() => Promise.allSettled([secrets.find({}).lean(), notes.find({}).lean()]))
      expect(failed.map(({ status }) => status)).to.deep.equal(['rejected', 'fulfilled'])
    })

    it('leave alone what an aggregation does not answer alike: documents with methods, and what is read in portions', async () => {
      const { answer, commands: taken } = await asked(() =>
        readingTogether(async () => {
          const [document] = await Promise.all([notes.findById('n1'), notes.find({ about: 'late' }).lean()])
          const read: string[] = []
          for await (const { _id } of notes.find({}).sort({ _id: 1 }).lean<Note[]>().batchSize(3).cursor()) read.push(_id)
          return [document?.toObject().about, read]
        }),
      )
      expect(answer).to.deep.equal(['early', ['n1', 'n2', 'n3', 'n4']])
      expect(taken.filter(name => name !== 'getMore')).to.deep.equal(['find', 'find', 'find'])
    })

    it('fail together when the question is refused', async () => {
      const wrong = notes.find({ about: { $regex: '(' } } as never).lean()
      const failed = await readingTogether(() => Promise.allSettled([wrong, notes.countDocuments({})]))
      expect(failed.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected'])
      expect(await notes.countDocuments({})).to.equal(4)
    })
  })
}
