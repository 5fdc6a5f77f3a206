import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'

/** Every night, and on request: nobody need know that a copy can differ. */
export const driftCheckJob = ({ search, driftWalks }: JobServices): JobType => ({
  name: 'drift-check',
  title: 'Compare the search index with the database, and mend it',
  schedule: { dailyAt: '02:15' },
  onRequest: true,
  async run(job) {
    const counts = await Promise.all(search.types.map(({ model }) => model.countDocuments({}).asSystem('how much there is to compare')))
    const total = counts.reduce((sum, count) => sum + count, 0)
    job.report({ done: 0, total })
    const progress = (done: number) => job.report({ done, total: Math.max(done, total) })
    const { compared, differences, repaired } = await driftWalks.walk({ repair: true, progress })
    job.report({ done: compared, total: compared })
    const number = (count: number) => count.toLocaleString('en-GB')
    return `${number(compared)} records compared, ${number(differences.length)} differed, ${number(repaired)} mended`
  },
})
