import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'
import { pageImportJobName } from './pageImports.ts'

export const pageImportJobs = ({ pageImports }: JobServices): JobType[] => [
  { name: pageImportJobName, title: 'Import pages from a file', run: job => pageImports.runJob(job) },
  {
    name: 'forget-page-files',
    title: 'Put away files of pages that are a day old',
    schedule: { everyMinutes: 60 },
    async run() {
      const count = await pageImports.forgetOld()
      return count === 0 ? undefined : `${count.toLocaleString('en-GB')} put away`
    },
  },
]
