import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'

export const curationJobs = ({ proposalDecisions }: JobServices): JobType[] => [
  {
    name: 'finish-skill-decisions',
    title: 'Finish decisions on proposed skills that were cut short',
    schedule: { everyMinutes: 5 },
    async run() {
      return `${await proposalDecisions.finish()} finished`
    },
  },
]
