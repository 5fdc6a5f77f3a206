import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'

export const reviewsDue = ({ dueReviews }: Pick<JobServices, 'dueReviews'>): JobType => ({
  name: 'reviews-due',
  title: 'Mark articles that are due for review',
  schedule: { dailyAt: '05:10' },
  onRequest: true,
  async run(job) {
    const due = await dueReviews.fallDue(done => job.report({ done }))
    return `${due.toLocaleString('en-GB')} due for review`
  },
})
