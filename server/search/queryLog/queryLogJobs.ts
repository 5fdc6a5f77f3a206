import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'

export const forgetWhoSearched = ({ queryForgetting }: JobServices): JobType => ({
  name: 'forget-who-searched',
  title: 'Take names off the query log after 30 days',
  schedule: { dailyAt: '03:45' },
  onRequest: true,
  async run() {
    const { names, entries } = await queryForgetting.forget()
    return `${names.toLocaleString('en-GB')} names taken off, ${entries.toLocaleString('en-GB')} searches older than a year removed`
  },
})
