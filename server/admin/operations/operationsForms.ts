import { z } from 'zod'
import type { JobRunner } from '../../jobs/jobRunner.ts'
import type { JobSubject, JobType } from '../../jobs/jobType.ts'

export interface AskedJobForm {
  type: JobType
  subject?: JobSubject
}

/** Only what administrators may start, and about what it can be. */
export const askedJobForm = ({ types }: Pick<JobRunner, 'types'>) =>
  z
    .object({ name: z.string().max(100), subject: z.string().max(100).optional() })
    .transform(({ name, subject: about }, refuse): AskedJobForm => {
      const type = types.get(name)
      const subject = type?.subjects?.find(({ value }) => value === about)
      if (type?.onRequest && (type.subjects === undefined || subject !== undefined))
        return { type, ...(subject === undefined ? {} : { subject }) }
      refuse.addIssue({ code: 'custom', message: 'Choose one of the jobs of this page', path: ['form'] })
      return z.NEVER
    })
