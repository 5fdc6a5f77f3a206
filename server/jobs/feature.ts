import type { Feature } from '../feature.ts'
import { forgetOldJobs } from './forgetOldJobs.ts'
import { jobMetrics } from './jobMetrics.ts'

export const jobsFeature: Feature = {
  name: 'jobs',
  jobs: services => [forgetOldJobs(services)],
  metrics: jobMetrics,
}
