import type { Feature } from '../feature.ts'
import { driftCheckJob } from './jobs/driftCheckJob.ts'
import { reindexJob } from './jobs/reindexJob.ts'
import { searchMetrics } from './searchMetrics.ts'
import { searchRoutes } from './searchRoutes.ts'

export const searchFeature: Feature = {
  name: 'search',
  routes: searchRoutes,
  jobs: services => [driftCheckJob(services), reindexJob(services)],
  metrics: searchMetrics,
}
