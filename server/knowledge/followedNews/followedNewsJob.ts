import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'

/** Before the mail of the day is written. */
export const followedNewsJob = ({ followedNews }: JobServices): JobType => ({
  name: 'followed-news',
  title: 'Look for news in what people follow',
  schedule: { dailyAt: '05:45' },
  async run(job) {
    let done = 0
    const told = await followedNews.look(job.record.createdAt, () => job.report({ done: ++done }))
    return `${done.toLocaleString('en-GB')} people who follow something, ${told.toLocaleString('en-GB')} with something new`
  },
})
