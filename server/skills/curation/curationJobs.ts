import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'
import { mergeJobName } from '../merges/skillMerges.ts'

export const curationJobs = ({ proposalDecisions, skillMerges }: JobServices): JobType[] => [
  {
    name: 'finish-skill-decisions',
    title: 'Finish decisions on proposed skills that were cut short',
    schedule: { everyMinutes: 5 },
    async run() {
      return `${await proposalDecisions.finish()} finished`
    },
  },
  {
    name: mergeJobName,
    title: 'Finish merges of skills',
    schedule: { everyMinutes: 5 },
    async run(job) {
      const reached = (done: number) => {
        job.report({ done })
        return true
      }
      return `${await skillMerges.finish(reached)} finished`
    },
  },
]
