import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { expect } from 'chai'
import type { Model } from 'mongoose'
import { Lease, type LeaseRecord, leaseModel } from '../../../server/storage/leases.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { type OpenedStore, stores } from './stores.ts'

for (const store of stores) {
  describe(`leases on ${store.name}`, () => {
    const clock = new MovableClock()
    const held: Lease[] = []
    let opened: OpenedStore
    let model: Model<LeaseRecord>
    let lost = 0
    let made = 0
    let name: string

    before(async () => {
      opened = await store.open()
      model = leaseModel(opened.connection)
    })
    after(() => opened.close())
    beforeEach(() => {
      name = `right ${++made}`
      lost = 0
    })
    afterEach(async () => {
      for (const lease of held.splice(0)) await lease.release()
    })

    const take = async (forMs = 30_000) => {
      const taken = await Lease.take(model, name, { clock, forMs, onLost: () => void lost++ })
      if (taken instanceof Lease) held.push(taken)
      return taken
    }
    const elsewhere = (given: Partial<LeaseRecord>) => {
      const until = new Date(clock.now().getTime() + 30_000)
      return model.create({ _id: name, holder: 'somebody', host: 'another machine', pid: 1, since: clock.now(), until, fence: 4, ...given })
    }

    it('are given to one of 10 who ask at once', async () => {
      const asked = await Promise.all(Array.from({ length: 10 }, () => take()))
      expect(asked.filter(taken => taken instanceof Lease)).to.have.length(1)
      expect(asked.find(taken => !(taken instanceof Lease))).to.include({ pid: process.pid, host: hostname() })
    })

    it('are free again when they are given back, with a higher fence', async () => {
      const first = (await take()) as Lease
      await first.release()
      const second = (await take()) as Lease
      expect(second.fence).to.be.greaterThan(first.fence)
    })

    it('of another machine hold until they run out', async () => {
      await elsewhere({})
      expect(await take()).to.include({ host: 'another machine' })
      clock.move(31_000)
      expect(((await take()) as Lease).fence).to.equal(5)
    })

    it('of a process of this machine that is gone are free at once', async () => {
      const { pid } = spawnSync(process.execPath, ['--version'])
      await elsewhere({ host: hostname(), pid })
      expect(await take()).to.be.instanceOf(Lease)
    })

    it('of a process of this machine that lives hold', async () => {
      await elsewhere({ host: hostname(), pid: process.ppid })
      expect(await take()).to.include({ pid: process.ppid })
    })

    it('are renewed while their holder lives, and their loss is told', async () => {
      await take(60)
      const began = clock.now()
      await model.updateOne({ _id: name }, { $set: { until: new Date(0) } })
      for (let tries = 0; tries < 200 && Number((await model.findById(name).lean())?.until) === 0; tries++)
        await new Promise(later => setTimeout(later, 10))
      expect((await model.findById(name).lean())?.until).to.be.greaterThan(began)
      await model.updateOne({ _id: name }, { $set: { holder: 'somebody faster' } })
      for (let tries = 0; tries < 200 && lost === 0; tries++) await new Promise(later => setTimeout(later, 10))
      expect(lost).to.equal(1)
    })
  })
}
