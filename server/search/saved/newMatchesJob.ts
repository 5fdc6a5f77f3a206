import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'

/** Before people come to work. */
export const newMatchesJob = ({ newMatches }: JobServices): JobType => ({
  name: 'new-matches',
  title: 'Look for new matches of saved searches',
  schedule: { dailyAt: '05:30' },
  onRequest: true,
  async run(job) {
    const { looked, withNews } = await newMatches.look(job)
    return `${looked.toLocaleString('en-GB')} saved searches asked, ${withNews.toLocaleString('en-GB')} with something new`
  },
})
