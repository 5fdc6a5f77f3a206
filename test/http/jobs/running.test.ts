import { expect } from 'chai'
import { Conflict } from '../../../server/failures.ts'
import { Interrupted } from '../../../server/jobs/interrupted.ts'
import type { JobRunner } from '../../../server/jobs/jobRunner.ts'
import type { JobType } from '../../../server/jobs/jobType.ts'
import type { RunningJob } from '../../../server/jobs/runningJob.ts'
import { aGate, aJobType, aRunner, becomes } from '../../support/jobs.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

describe('jobs', () => {
  let clock: MovableClock
  let site: TestSite
  const runners: JobRunner[] = []

  before(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
  })
  after(() => site.close())
  afterEach(async () => {
    for (const runner of runners.splice(0)) await runner.stop()
    await site.services.models.jobs.deleteMany({})
    await site.services.models.jobSchedules.deleteMany({})
  })

  const runner = (type: Partial<JobType>, options: { leaseMs?: number; places?: number } = {}) => {
    const made = aRunner(site, [aJobType(type)], options)
    runners.push(made)
    return made
  }
  const ask = (given = {}) => site.services.jobs.ask({ name: 'made-up', ...given })
  const kept = (id: string) => site.services.jobs.find(id)

  /** Work that goes on until it is told to end or the gate opens. */
  function lasting() {
    const [began, gate] = [aGate(), aGate()]
    const run = async (job: RunningJob) => {
      began.open()
      await Promise.race([gate.opened, new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(job.signal.reason)))])
      return 'came to its end'
    }
    return { run, began: began.opened, finish: gate.open }
  }

  it('are done, say what came of it, and are not done again', async () => {
    const seen: (string | undefined)[] = []
    const working = runner({
      run: async job => {
        seen.push(job.subject)
        return 'swept'
      },
    })
    const { _id } = await ask({ subject: 'the yard' })
    await working.workOff()
    await working.workOff()
    expect(seen).to.deep.equal(['the yard'])
    expect(await kept(_id)).to.include({ state: 'done', result: 'swept', attempts: 1 })
  })

  it('are asked for once while the same work waits or runs, by however many, and again afterwards', async () => {
    const asked = await Promise.all(Array.from({ length: 10 }, () => ask({ subject: 'the yard' })))
    expect(new Set(asked.map(({ _id }) => _id)).size).to.equal(1)
    const other = await ask({ subject: 'the house' })
    expect(other._id).to.not.equal(asked[0]?._id)
    await runner({}).workOff()
    expect((await ask({ subject: 'the yard' }))._id).to.not.equal(asked[0]?._id)
  })

  it('of another version of the code wait for a process that offers it', async () => {
    const job = await ask({ needs: 'version 2' })
    await runner({}).workOff()
    expect(await kept(job._id)).to.include({ state: 'waiting' })
    await runner({ subjects: [{ value: 'x', text: 'x', needs: 'version 2' }] }).workOff()
    expect(await kept(job._id)).to.include({ state: 'done' })
  })

  it('that nobody here knows are left for those who do', async () => {
    const job = await site.services.jobs.ask({ name: 'of-a-newer-version' })
    await runner({}).workOff()
    expect(await kept(job._id)).to.include({ state: 'waiting', attempts: 0 })
  })

  describe('that fail', () => {
    it('wait longer after each try, and are given up after the last with the reason', async () => {
      let tries = 0
      const working = runner({
        attempts: 4,
        run: async () => {
          throw new Error(`no luck ${++tries}`)
        },
      })
      const { _id } = await ask()
      const waits: number[] = []
      for (let time = 0; time < 3; time++) {
        await working.workOff()
        expect(tries, 'not before its time').to.equal(time + 1)
        const { state, dueAt, lastError } = await kept(_id)
        expect([state, lastError]).to.deep.equal(['waiting', `no luck ${tries}`])
        waits.push(Math.round((dueAt.getTime() - clock.now().getTime()) / 1_000))
        clock.move(dueAt.getTime() - clock.now().getTime() + 1)
      }
      await working.workOff()
      expect(waits).to.deep.equal([15, 30, 60])
      expect(await kept(_id)).to.include({ state: 'failed', lastError: 'no luck 4', attempts: 4 })
      clock.move(86_400_000)
      await working.workOff()
      expect(tries).to.equal(4)
    })

    it('can be tried again from the first try, and then be done', async () => {
      let isBroken = true
      const working = runner({
        attempts: 1,
        run: async () => {
          if (isBroken) throw new Error('broken')
          return 'whole'
        },
      })
      const { _id } = await ask()
      await working.workOff()
      isBroken = false
      await site.services.jobs.retry(_id)
      await working.workOff()
      const job = await kept(_id)
      expect(job).to.include({ state: 'done', result: 'whole', attempts: 1 })
      expect(job).to.not.have.property('lastError')
    })

    it('are not tried again while the same work waits', async () => {
      const working = runner({ attempts: 1, run: () => Promise.reject(new Error('broken')) })
      const { _id } = await ask()
      await working.workOff()
      await ask()
      const error = await site.services.jobs.retry(_id).catch(reason => reason)
      expect(error).to.be.instanceOf(Conflict)
    })
  })

  describe('that are cancelled', () => {
    it('never begin when they waited', async () => {
      let runs = 0
      const { _id } = await ask()
      await site.services.jobs.cancel(_id)
      await runner({ run: async () => String(++runs) }).workOff()
      expect(runs).to.equal(0)
      expect(await kept(_id)).to.include({ state: 'cancelled' })
    })

    it('end at their next step when they ran, and can be asked for again', async () => {
      const { run, began } = lasting()
      runner({ run }, { leaseMs: 60 }).start()
      const job = await ask()
      await began
      await site.services.jobs.cancel(job._id)
      await becomes(site, job, 'cancelled')
      expect((await ask())._id).to.not.equal(job._id)
    })

    it('cannot be cancelled when they are over', async () => {
      const { _id } = await ask()
      await runner({}).workOff()
      expect(await site.services.jobs.cancel(_id).catch(reason => reason)).to.be.instanceOf(Conflict)
    })
  })

  describe('that say how far they are', () => {
    it('show it to everybody while they run, and afterwards', async () => {
      const [reported, gate] = [aGate(), aGate()]
      const run = async (job: RunningJob) => {
        job.report({ done: 3, total: 12, message: 'rows' })
        await job.stillMine()
        reported.open()
        await gate.opened
        job.report({ done: 12, total: 12 })
        return 'all'
      }
      runner({ run }).start()
      const job = await ask()
      await reported.opened
      expect((await kept(job._id)).progress).to.deep.equal({ done: 3, total: 12, message: 'rows' })
      gate.open()
      expect((await becomes(site, job, 'done')).progress).to.deep.equal({ done: 12, total: 12 })
    })

    it('find it again when another process goes on', async () => {
      const first = lasting()
      const working = runner({
        run: job => {
          job.report({ done: 7, total: 10 })
          return job.stillMine().then(() => first.run(job))
        },
      })
      working.start()
      const job = await ask()
      await first.began
      await working.stop()
      expect((await kept(job._id)).progress).to.deep.equal({ done: 7, total: 10 })
      let before: number | undefined
      await runner({
        run: async next => {
          before = next.before?.done
          return 'went on'
        },
      }).workOff()
      expect(before).to.equal(7)
    })
  })

  describe('when their process stops', () => {
    it('are told, are given back at once, and it does not count as a try', async () => {
      const { run, began } = lasting()
      let reason: unknown
      const stopping = runner({
        run: job =>
          run(job).catch(error => {
            reason = error
            throw error
          }),
      })
      stopping.start()
      const job = await ask()
      await began
      await stopping.stop()
      expect(reason).to.be.instanceOf(Interrupted).with.property('why', 'stopping')
      expect(await kept(job._id)).to.include({ state: 'waiting', attempts: 0 })
      await runner({}).workOff()
      expect(await kept(job._id)).to.include({ state: 'done', attempts: 1, fence: 2 })
    })

    it('are not begun any more', async () => {
      const stopped = runner({})
      stopped.start()
      await stopped.stop()
      const job = await ask()
      expect(await kept(job._id)).to.include({ state: 'waiting' })
    })
  })

  describe('whose process says nothing any more', () => {
    it('are taken over, and what comes late of the first is refused', async () => {
      const first = lasting()
      let stillIts: boolean | undefined
      const paused = runner({
        run: async job => {
          // As a process that was paused: no sign of life, and no look at the signal.
          job.end()
          await first.run(job)
          stillIts = await job.stillMine()
          return 'came late'
        },
      })
      paused.start()
      const job = await ask()
      await first.began
      const second = runner({ run: async () => 'in time' }, { leaseMs: 50 })
      for (let tries = 0; tries < 200 && (await kept(job._id)).state === 'running'; tries++) {
        await second.workOff()
        await new Promise(later => setTimeout(later, 10))
      }
      expect(await kept(job._id)).to.include({ state: 'done', result: 'in time', fence: 2 })
      first.finish()
      for (let tries = 0; tries < 200 && stillIts === undefined; tries++) await new Promise(later => setTimeout(later, 10))
      expect(stillIts).to.equal(false)
      await paused.stop()
      expect(await kept(job._id)).to.include({ result: 'in time' })
    })

    it('stay with it when only a clock jumps', async () => {
      const { run, began, finish } = lasting()
      runner({ run }).start()
      const job = await ask()
      await began
      clock.move(3_600_000)
      let ranTwice = false
      const other = runner({
        run: async () => {
          ranTwice = true
          return 'twice'
        },
      })
      await other.workOff()
      await other.workOff()
      expect(ranTwice).to.equal(false)
      finish()
      expect(await becomes(site, job, 'done')).to.include({ result: 'came to its end', fence: 1 })
    })

    it('are given up when every process that took them died', async () => {
      const dead = {
        holder: 'somebody',
        host: 'another machine',
        pid: 1,
        until: clock.now(),
        state: 'running' as const,
        attempts: 5,
        fence: 5,
      }
      const { _id } = await ask()
      await site.services.models.jobs.updateOne({ _id }, { $set: dead })
      const working = runner({}, { leaseMs: 20 })
      await working.workOff()
      await new Promise(later => setTimeout(later, 40))
      await working.workOff()
      expect(await kept(_id)).to.include({ state: 'failed' })
      expect((await kept(_id)).lastError).to.include('process')
    })
  })
})
