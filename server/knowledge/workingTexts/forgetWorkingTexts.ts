import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'
import { keptDays } from './workingTexts.ts'

export const forgetWorkingTexts = ({ workingTexts }: Pick<JobServices, 'workingTexts'>): JobType => ({
  name: 'forget-working-texts',
  title: `Erase what was typed in articles and not saved for ${keptDays} days`,
  schedule: { dailyAt: '03:50' },
  async run() {
    return `${(await workingTexts.forgetOld()).toLocaleString('en-GB')} erased`
  },
})
