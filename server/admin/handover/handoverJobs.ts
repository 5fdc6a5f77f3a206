import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'
import { handoverJobName } from './queuedHandovers.ts'

export const handoverJobs = ({ handovers }: JobServices): JobType[] => [
  {
    name: handoverJobName,
    title: 'Hand over what somebody owns',
    run: job => handovers.runJob(job),
  },
]
