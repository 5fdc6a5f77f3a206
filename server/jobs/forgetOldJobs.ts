import type { JobServices } from '../feature.ts'
import type { JobType } from './jobType.ts'

const dayMs = 86_400_000
const keptDays = 30
/** Somebody may still want to try them again. */
const failedKeptDays = 180

export const forgetOldJobs = ({ jobs, clock }: JobServices): JobType => ({
  name: 'forget-old-jobs',
  title: 'Forget jobs that are long over',
  schedule: { dailyAt: '03:30' },
  async run() {
    const daysAgo = (days: number) => new Date(clock.now().getTime() - days * dayMs)
    const forgotten =
      (await jobs.forget(['done', 'cancelled'], daysAgo(keptDays))) + (await jobs.forget(['failed'], daysAgo(failedKeptDays)))
    return `${forgotten.toLocaleString('en-GB')} forgotten`
  },
})
