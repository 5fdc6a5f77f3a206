import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'

export const eraseNeeds = ({ needs }: Pick<JobServices, 'needs'>): JobType => ({
  name: 'erase-needs',
  title: 'Erase what people needed at days that are over for 30 days',
  schedule: { dailyAt: '03:40' },
  onRequest: true,
  async run() {
    const erased = await needs.eraseDue()
    return erased === 0 ? undefined : `${erased.toLocaleString('en-GB')} erased`
  },
})
