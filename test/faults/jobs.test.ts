import { expect } from 'chai'
import { JobFleet, overlapsIn } from '../contract/jobs/jobFleet.ts'
import { embeddedStore, mongoDbAt, type OpenedStore, type StoreUnderTest } from '../contract/storage/stores.ts'
import { engines } from './support/engines.ts'
import { inFull } from './support/full.ts'

const processes = 4
const jobs = inFull(1_000, 100)
const kills = inFull(50, 6)
const stores: Record<string, () => Promise<StoreUnderTest>> = {
  'the embedded store': async () => embeddedStore,
  'real MongoDB': async () => mongoDbAt((await engines.start()).MONGODB_URI),
}

for (const [name, store] of Object.entries(stores)) {
  describe(`${jobs} jobs of ${processes} processes on ${name}`, () => {
    let opened: OpenedStore
    let fleet: JobFleet

    before(async () => {
      opened = await (await store()).open()
      fleet = await JobFleet.on(opened)
    })
    after(async () => {
      await fleet.end()
      await opened.close()
    })

    it('each run to their end, none is lost and none runs twice at once, while one after another is killed', async () => {
      await fleet.ask(jobs)
      for (let number = 0; number < processes; number++) fleet.start()
      const killed = await fleet.killUntilDone(400, kills, Math.random)
      const [records, steps] = [await fleet.jobs(), await fleet.steps()]
      const ended = new Set(steps.filter(({ isLast }) => isLast).map(({ job }) => job))
      console.log(`      ${killed} killed, ${records.filter(({ fence }) => fence > 1).length} jobs taken over`)
      expect(records.map(({ state }) => state)).to.deep.equal(Array(jobs).fill('done'))
      expect(records.filter(({ _id }) => !ended.has(_id))).to.deep.equal([])
      expect(overlapsIn(steps)).to.deep.equal([])
    })
  })
}
