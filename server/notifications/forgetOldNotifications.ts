import type { JobServices } from '../feature.ts'
import type { JobType } from '../jobs/jobType.ts'

const dayMs = 86_400_000
const keptDays = 180

export const forgetOldNotifications = ({ notifications, clock }: JobServices): JobType => ({
  name: 'forget-old-notifications',
  title: 'Forget notifications that are long over',
  schedule: { dailyAt: '03:40' },
  async run() {
    const forgotten = await notifications.forgetBefore(new Date(clock.now().getTime() - keptDays * dayMs))
    return `${forgotten.toLocaleString('en-GB')} forgotten`
  },
})
