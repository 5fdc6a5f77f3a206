import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'

export const loansDue = ({ dueLoans }: Pick<JobServices, 'dueLoans'>): JobType => ({
  name: 'loans-due',
  title: 'Begin and end loans at their days, and write the ledger',
  schedule: { everyMinutes: 60 },
  onRequest: true,
  async run(job) {
    const { started, ended, lapsed } = await dueLoans.fallDue(done => job.report({ done }))
    if (started + ended + lapsed === 0) return undefined
    return `${started.toLocaleString('en-GB')} begun, ${ended.toLocaleString('en-GB')} ended, ${lapsed.toLocaleString('en-GB')} lapsed without all consents`
  },
})
