import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'
import { readingJobName } from './attachments.ts'

export const attachmentJobs = ({ attachmentReading, attachments, jobs }: JobServices): JobType[] => [
  {
    name: readingJobName,
    title: 'Check and read an attachment',
    run: ({ subject = '', signal }) => attachmentReading.read(subject, signal),
  },
  {
    name: 'attachments-waiting',
    title: 'Ask once more for attachments that wait to be checked or read',
    schedule: { everyMinutes: 5 },
    async run() {
      const gone = await attachments.removeLeft()
      const waiting = await attachmentReading.waiting()
      for (const subject of waiting) await jobs.ask({ name: readingJobName, subject })
      if (waiting.length + gone === 0) return undefined
      return `${waiting.length.toLocaleString('en-GB')} asked for, ${gone.toLocaleString('en-GB')} of deleted articles taken away`
    },
  },
]
