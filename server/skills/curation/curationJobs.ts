import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'
import type { RunningJob } from '../../jobs/runningJob.ts'
import type { Reached } from '../merges/recordMoves.ts'
import { mergeJobName } from '../merges/skillMerges.ts'
import { splitJobName } from '../splits/skillSplits.ts'

export const curationJobs = ({ proposalDecisions, skillMerges, skillSplits }: JobServices): JobType[] => [
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
      return `${await skillMerges.finish(reporting(job))} finished`
    },
  },
  {
    name: splitJobName,
    title: 'Finish splits of skills',
    schedule: { everyMinutes: 5 },
    async run(job) {
      return `${await skillSplits.finish(reporting(job))} finished`
    },
  },
]

const reporting =
  (job: RunningJob): Reached =>
  done => {
    job.report({ done })
    return true
  }
