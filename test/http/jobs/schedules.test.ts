import { expect } from 'chai'
import type { JobRunner } from '../../../server/jobs/jobRunner.ts'
import { nextTime, type Schedule } from '../../../server/jobs/schedule.ts'
import { aJobType, aRunner } from '../../support/jobs.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

describe('the next time of a schedule', () => {
  const daily: Schedule = { dailyAt: '02:15' }
  const cases: [string, Schedule, string, string][] = [
    ['is today when the time is to come', daily, '2026-01-10T01:00:00Z', '2026-01-10T02:15:00Z'],
    ['is tomorrow when it is over', daily, '2026-01-10T02:15:00Z', '2026-01-11T02:15:00Z'],
    ['is one of the zone in summer', daily, '2026-07-10T00:00:00Z', '2026-07-10T01:15:00Z'],
    ['leaves no day out when the clocks go forward', daily, '2026-03-28T23:30:00Z', '2026-03-29T01:15:00Z'],
    ['comes once when the clocks go back', daily, '2026-10-25T01:30:00Z', '2026-10-25T02:15:00Z'],
    ['comes once on the day after that too', daily, '2026-10-25T02:15:00Z', '2026-10-26T02:15:00Z'],
    ['goes over the end of a year', daily, '2026-12-31T12:00:00Z', '2027-01-01T02:15:00Z'],
    ['is there on a day that lacks the time', { dailyAt: '01:30' }, '2026-03-29T00:00:00Z', '2026-03-29T01:30:00Z'],
    ['is the next round one of every so many minutes', { everyMinutes: 15 }, '2026-01-10T01:07:12Z', '2026-01-10T01:15:00Z'],
    ['is after a round one', { everyMinutes: 15 }, '2026-01-10T01:15:00Z', '2026-01-10T01:30:00Z'],
  ]
  for (const [says, schedule, after, next] of cases)
    it(says, () => expect(nextTime(schedule, new Date(after)).toISOString()).to.equal(new Date(next).toISOString()))
})

describe('scheduled jobs', () => {
  let clock: MovableClock
  let site: TestSite
  let runs: number
  const runners: JobRunner[] = []

  beforeEach(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
    runs = 0
  })
  afterEach(async () => {
    for (const runner of runners.splice(0)) await runner.stop()
    await site.close()
  })

  const runner = (schedule: Schedule = { everyMinutes: 60 }) => {
    const run = async () => String(++runs)
    const made = aRunner(site, [aJobType({ schedule, run })])
    runners.push(made)
    return made
  }

  it('run when their time has come and not before, each time', async () => {
    const working = runner()
    await working.workOff()
    expect(runs, 'at the first start').to.equal(0)
    clock.move(60 * minuteMs)
    await working.workOff()
    await working.workOff()
    expect(runs).to.equal(1)
    clock.move(60 * minuteMs)
    await working.workOff()
    expect(runs).to.equal(2)
  })

  it('run once for a time, whatever number of processes see it', async () => {
    const many = Array.from({ length: 4 }, () => runner())
    await Promise.all(many.map(working => working.workOff()))
    clock.move(60 * minuteMs)
    await Promise.all(many.map(working => working.workOff()))
    expect(runs).to.equal(1)
  })

  it('run once after times that nobody was there for', async () => {
    await runner({ dailyAt: '02:15' }).workOff()
    clock.move(10 * dayMs)
    const later = runner({ dailyAt: '02:15' })
    await later.workOff()
    await later.workOff()
    expect(runs).to.equal(1)
  })

  it('come no later when the clock was far ahead for a while', async () => {
    clock.move(365 * dayMs)
    await runner({ dailyAt: '02:15' }).workOff()
    clock.move(-365 * dayMs)
    const working = runner({ dailyAt: '02:15' })
    await working.workOff()
    clock.move(dayMs)
    await working.workOff()
    expect(runs).to.equal(1)
  })

  it('are those of the site: the drift check at night, what was cut short is finished, what is long over is forgotten, and saved searches are asked', async () => {
    const { jobRunner, jobs, models } = site.services
    const old = await jobs.ask({ name: 'made-up' })
    await aRunner(site, [aJobType()]).workOff()
    await jobRunner.workOff()
    clock.move(40 * dayMs)
    await jobRunner.workOff()
    const over = await jobs.list(['done'], 20)
    const inOrder = [
      'drift-check',
      'finish-skill-decisions',
      'finish-skill-merges',
      'finish-skill-splits',
      'followed-news',
      'forget-old-jobs',
      'forget-old-notifications',
      'forget-people-files',
      'forget-who-searched',
      'forget-working-texts',
      'new-matches',
      'reviews-due',
      'sweep-files',
    ]
    expect(over.map(({ name }) => name).sort()).to.deep.equal(inOrder)
    expect(over.find(({ name }) => name === 'drift-check')?.result).to.match(/^0 records compared, 0 differed/)
    expect(await models.jobs.findById(old._id).lean()).to.equal(null)
    expect(await site.services.driftWalks.last()).to.deep.include({ compared: 0, repaired: 0 })
  })
})
