import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'
import type { RunningJob } from '../../jobs/runningJob.ts'

const atOnce = 200

/** Before the mail of the day is written. */
export const reviewsDue = (services: Pick<JobServices, 'dueReviews' | 'reviewNews' | 'clock'>): JobType => ({
  name: 'reviews-due',
  title: 'Mark articles that are due for review, and remind their owners',
  schedule: { dailyAt: '05:10' },
  onRequest: true,
  async run(job) {
    const due = await services.dueReviews.fallDue(done => job.report({ done }))
    const reminded = await remindOwners(job, services)
    return `${due.toLocaleString('en-GB')} due for review, owners of ${reminded.toLocaleString('en-GB')} reminded`
  },
})

async function remindOwners(job: RunningJob, { dueReviews, reviewNews, clock }: Pick<JobServices, 'dueReviews' | 'reviewNews' | 'clock'>) {
  let reminded = 0
  for (let after = ''; ; ) {
    const articles = await dueReviews.soonOrDue(after, atOnce)
    for (const article of articles) {
      if (await reviewNews.remind(article, clock.now())) reminded += 1
      job.report({ done: reminded })
    }
    if (articles.length < atOnce) return reminded
    after = articles.at(-1)?._id ?? ''
  }
}
