import type { JobRecord } from '../../server/jobs/jobModel.ts'
import { JobRunner } from '../../server/jobs/jobRunner.ts'
import type { JobType } from '../../server/jobs/jobType.ts'
import type { TestSite } from './testSite.ts'

/** A runner of a process beside the site, for work that a test makes up. It works when it is told to, or from `start` on. */
export function aRunner({ services }: TestSite, types: readonly JobType[], options: { leaseMs?: number; places?: number } = {}): JobRunner {
  const { models, jobs: queue, clock, log, storage } = services
  return new JobRunner({ models, queue, clock, log, types, connection: storage.connection, ...options })
}

/** Work of which nothing matters but how it goes. */
export const aJobType = (given: Partial<JobType> = {}): JobType => ({
  name: 'made-up',
  title: 'Made-up work',
  run: async () => 'nothing to do',
  ...given,
})

/** A promise that a test fulfils. */
export function aGate(): { opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open }
}

/** Resolves when the job is in this state; looks again until then. */
export async function becomes({ services }: Pick<TestSite, 'services'>, { _id }: JobRecord, state: JobRecord['state']): Promise<JobRecord> {
  for (let tries = 0; tries < 500; tries++) {
    const job = await services.jobs.find(_id)
    if (job.state === state) return job
    await new Promise(later => setTimeout(later, 10))
  }
  throw new Error(`The job did not become ${state}: it is ${(await services.jobs.find(_id)).state}`)
}
