import { expect } from 'chai'
import type { Model } from 'mongoose'
import { systemClock } from '../../../server/clock.ts'
import { CannotStart } from '../../../server/failures.ts'
import { internalModel } from '../../../server/storage/defineModel.ts'
import { leaseModel } from '../../../server/storage/leases.ts'
import { indexOptions } from '../../../server/storage/migrations/indexOptions.ts'
import type { Migration } from '../../../server/storage/migrations/migration.ts'
import { type MigrationRecord, migrationModel } from '../../../server/storage/migrations/migrationModel.ts'
import { migrations } from '../../../server/storage/migrations/migrations.ts'
import { Migrator } from '../../../server/storage/migrations/migrator.ts'
import { requireInStep } from '../../../server/storage/migrations/requireInStep.ts'
import { TestProcess } from '../../support/childProcess.ts'
import { type Numbered, numberThem } from './numberThem.ts'
import { type OpenedStore, stores } from './stores.ts'

const migratingProcess = new URL('migratingProcess.ts', import.meta.url)
const count = 300

it('the migrations of the code are in order, each with a name of its own', () => {
  const names = migrations.map(({ name }) => name)
  expect(names).to.deep.equal([...new Set(names)].sort())
  expect(names.filter(name => !/^\d{4}-[a-z0-9-]+$/.test(name))).to.deep.equal([])
})

for (const store of stores) {
  describe(`migrations on ${store.name}`, () => {
    let opened: OpenedStore
    let models: { migrations: Model<MigrationRecord>; leases: ReturnType<typeof leaseModel> }
    const processes: TestProcess[] = []

    beforeEach(async () => {
      opened = await store.open()
      models = { migrations: migrationModel(opened.connection), leases: leaseModel(opened.connection) }
      const numbered = Array.from({ length: count }, (_, _id) => ({ _id }))
      await opened.connection.collection<Numbered>('numbered').insertMany(numbered)
    })
    afterEach(async () => {
      for (const { kill } of processes.splice(0).map(child => ({ kill: () => child.kill() }))) await kill()
      await opened.close()
    })

    const migratorWith = (...known: Migration[]) =>
      new Migrator({ connection: opened.connection, models, migrations: known, clock: systemClock, codeVersion: '1.0.0' })
    const kept = () => models.migrations.findById('0001-doubles').lean<MigrationRecord>()
    const start = () => {
      const started = new TestProcess(migratingProcess, [opened.uri, opened.databaseName])
      processes.push(started)
      return started
    }
    /** How often each record was written: once, or the migration is not safe to repeat. */
    async function writes(): Promise<(number | undefined)[]> {
      const records = await opened.connection.collection<Numbered>('numbered').find().toArray()
      expect(records.filter(({ _id, doubled }) => doubled !== undefined && doubled !== 2 * _id)).to.deep.equal([])
      return [...new Set(records.map(record => record.writes))]
    }

    it('are done once, in order, and it is kept who did them when', async () => {
      const done: string[] = []
      const named = (name: string): Migration => ({ name, says: name, plan: async () => [], run: async () => void done.push(name) })
      const migrator = migratorWith(named('0001-first'), named('0002-second'))
      expect(await migrator.run()).to.deep.equal(['0001-first', '0002-second'])
      expect(await migrator.run()).to.deep.equal([])
      expect(done).to.deep.equal(['0001-first', '0002-second'])
      const record = await models.migrations.findById('0001-first').lean<MigrationRecord>()
      expect(record).to.include({ codeVersion: '1.0.0' })
      expect(record?.endedAt).to.be.instanceOf(Date)
      expect(record?.tookMs).to.be.a('number')
    })

    it('go on where they were when their process is killed in the middle', async () => {
      const killed = start()
      await killed.sends<{ reached?: number }>(({ reached = 0 }) => reached >= 100)
      await killed.kill()
      const interrupted = await kept()
      expect(interrupted).to.not.have.property('endedAt')
      expect(interrupted?.done).to.be.within(100, count - 1)
      const begunAt: number[] = []
      await migratorWith(numberThem()).run({ reached: (_, done) => begunAt.push(done) })
      expect(begunAt[0], 'not from the beginning').to.be.greaterThan(100)
      expect(await writes()).to.deep.equal([1])
      expect((await kept())?.endedAt).to.be.instanceOf(Date)
    }).timeout(60_000)

    it('are done by one of two that start at once; the other waits and finds them done', async () => {
      const [first, second] = [start(), start()]
      const done = await Promise.all([first, second].map(each => each.sends<{ done?: string[] }>(message => message.done !== undefined)))
      expect(done.flatMap(each => each.done)).to.deep.equal(['0001-doubles'])
      expect([first, second].filter(({ messages }) => messages.some(message => (message as { waits?: true }).waits))).to.have.length(1)
      expect(await writes()).to.deep.equal([1])
    }).timeout(60_000)

    it('that fail say so, and are done from there the next time', async () => {
      const failing = { ...numberThem(), run: () => Promise.reject(new Error('the disk is full')) }
      expect(
        await migratorWith(failing)
          .run()
          .catch(reason => reason.message),
      ).to.equal('the disk is full')
      expect((await migratorWith(failing).state()).pending).to.have.length(1)
      expect(await migratorWith(numberThem()).run()).to.deep.equal(['0001-doubles'])
    })

    it('end when another process got the right to migrate meanwhile', async () => {
      const taken = numberThem()
      const overtaken: Migration = {
        ...taken,
        run: async work => {
          await models.migrations.updateOne({ _id: taken.name }, { $inc: { fence: 1 } })
          await taken.run(work)
        },
      }
      expect(
        (
          await migratorWith(overtaken)
            .run()
            .catch(reason => reason)
        ).message,
      ).to.include('another one migrates')
      expect(await kept()).to.not.have.property('endedAt')
    })

    it('are only told of when they are planned', async () => {
      const { connection } = opened
      expect(await numberThem().plan(connection)).to.deep.equal([`double ${count} records`])
      expect(await writes()).to.deep.equal([undefined])
    })

    describe('before a start', () => {
      const required = (isOwn: boolean, ...known: Migration[]) => requireInStep(opened.connection, migratorWith(...known), { isOwn })
      const refusal = (work: Promise<void>) =>
        work.then(
          () => Promise.reject(new Error('it was not refused')),
          error => error,
        )

      beforeEach(async () => {
        await internalModel(opened.connection, { collection: 'numbered', fields: { _id: Number } })
      })

      it('are asked for by name when the database is one that others use too', async () => {
        const error = await refusal(required(false, numberThem()))
        expect(error).to.be.instanceOf(CannotStart)
        expect(error.message).to.include('npm run migrate').and.to.include('0001-doubles')
        expect(await writes()).to.deep.equal([undefined])
      })

      it('are done at once when this process alone has it', async () => {
        await required(true, numberThem())
        expect(await writes()).to.deep.equal([1])
      })

      it('are done at once when it is new, by however many start', async () => {
        await opened.connection.collection('numbered').deleteMany({})
        await Promise.all([required(false, numberThem()), required(false, numberThem())])
        expect((await kept())?.endedAt).to.be.instanceOf(Date)
      })

      it('are refused, with the version, when a newer Skillpool did some', async () => {
        await new Migrator({
          ...{ connection: opened.connection, models, clock: systemClock, codeVersion: '2.5.0' },
          migrations: [numberThem(), { ...numberThem(), name: '0002-of-the-future' }],
        }).run()
        const error = await refusal(required(true, numberThem()))
        expect(error).to.be.instanceOf(CannotStart)
        expect(error.message).to.include('2.5.0').and.to.include('0002-of-the-future')
      })
    })

    it('the first: indexes of early versions get the options that the models declare', async () => {
      const { connection } = opened
      const model = internalModel(connection, {
        collection: 'indexed',
        fields: { email: String, endsAt: Date },
        indexes: [
          [{ email: 1 }, { unique: true }],
          [{ endsAt: 1 }, { expireAfterSeconds: 60 }],
        ],
      })
      await connection.collection('indexed').createIndex({ email: 1 })
      await connection.collection('indexed').createIndex({ endsAt: 1 }, { expireAfterSeconds: 3_600 })
      expect(await model.createIndexes().catch(() => 'refused')).to.equal('refused')
      expect(await indexOptions.plan(connection)).to.have.length(2)
      await migratorWith(indexOptions).run()
      await model.createIndexes()
      expect(await indexOptions.plan(connection)).to.deep.equal([])
      const indexes = await connection.collection('indexed').listIndexes().toArray()
      expect(indexes.find(({ name }) => name === 'email_1')?.unique).to.equal(true)
      expect(indexes.find(({ name }) => name === 'endsAt_1')?.expireAfterSeconds).to.equal(60)
    })
  })
}
