import { expect } from 'chai'
import { type OpenedStore, stores } from '../storage/stores.ts'
import { JobFleet, overlapsIn } from './jobFleet.ts'

const processes = 4
const jobs = 200

/** The same every time, so that a failure can be looked at again. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

for (const store of stores) {
  describe(`jobs of several processes on ${store.name}`, () => {
    let opened: OpenedStore
    let fleet: JobFleet

    beforeEach(async () => {
      opened = await store.open()
      fleet = await JobFleet.on(opened)
    })
    afterEach(async () => {
      await fleet.end()
      await opened.close()
    })

    it(`each run to their end, none is lost and none runs twice at once, while ${processes} processes are killed again and again`, async () => {
      await fleet.ask(jobs)
      for (let process = 0; process < processes; process++) fleet.start()
      const killed = await fleet.killUntilDone(400, 10, randomFrom(7))
      const [records, steps] = [await fleet.jobs(), await fleet.steps()]
      expect(records.map(({ state }) => state)).to.deep.equal(Array(jobs).fill('done'))
      const ended = new Set(steps.filter(({ isLast }) => isLast).map(({ job }) => job))
      expect(
        records.filter(({ _id }) => !ended.has(_id)),
        'said to be done, but not all of it is',
      ).to.deep.equal([])
      expect(overlapsIn(steps)).to.deep.equal([])
      expect(killed).to.be.at.least(5)
      expect(
        records.some(({ fence }) => fence > 1),
        'some were taken over',
      ).to.equal(true)
      expect(new Set(steps.map(({ pid }) => pid)).size, 'processes that worked').to.be.at.least(processes)
    }).timeout(180_000)

    it('run twice at once when nobody looks at leases, which this test sees', async () => {
      await fleet.ask(1)
      const first = fleet.start({ looksAtLeases: false, stepMs: 4_000, host: 'a machine' })
      await first.sends<{ step: number }>(({ step }) => step === 0)
      const other = fleet.start({ looksAtLeases: false, host: 'another machine' })
      await other.sends<{ step: number }>(({ step }) => step === 0)
      while (overlapsIn(await fleet.steps()).length === 0) await new Promise(later => setTimeout(later, 100))
    }).timeout(60_000)

    it('of a process that was paused for too long are not gone on with when it comes back', async () => {
      await fleet.ask(1)
      const slow = { leaseMs: 900, stepMs: 300, asksBeforeSteps: true }
      const paused = fleet.start({ ...slow, host: 'a paused machine' })
      await paused.sends<{ step: number }>(({ step }) => step === 0)
      paused.signal('SIGSTOP')
      const other = fleet.start({ ...slow, host: 'another machine' })
      await other.sends<{ step: number }>(({ step }) => step === 1)
      paused.signal('SIGCONT')
      while ((await fleet.left()) > 0) await new Promise(later => setTimeout(later, 50))
      const [steps, [job]] = [await fleet.steps(), await fleet.jobs()]
      expect(job).to.include({ state: 'done', fence: 2 })
      expect(overlapsIn(steps)).to.deep.equal([])
      expect(steps.filter(({ pid }) => pid === other.pid)).to.have.length(5)
    }).timeout(60_000)

    it('are given back by a process that is told to stop, and another goes on at once', async () => {
      await fleet.ask(1)
      const stopped = fleet.start({ stepMs: 500, host: 'a machine', leaseMs: 60_000, asksBeforeSteps: true })
      await stopped.sends<{ step: number }>(({ step }) => step === 1)
      stopped.signal('SIGTERM')
      expect(await stopped.ended).to.equal(0)
      expect((await fleet.jobs())[0]).to.include({ state: 'waiting', attempts: 0 })
      const other = fleet.start({ stepMs: 5 })
      await other.sends<{ step: number }>(({ step }) => step === 4)
    }).timeout(60_000)
  })
}
