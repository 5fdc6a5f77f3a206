import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'
import { peopleImportJobName } from './peopleImports.ts'

export const peopleImportJobs = ({ peopleImports }: JobServices): JobType[] => [
  {
    name: peopleImportJobName,
    title: 'Import people from a file',
    run: job => peopleImports.runJob(job),
  },
  {
    name: 'forget-people-files',
    title: 'Put away files of people that are a day old',
    schedule: { everyMinutes: 60 },
    async run() {
      return `${(await peopleImports.forgetOld()).toLocaleString('en-GB')} put away`
    },
  },
]
