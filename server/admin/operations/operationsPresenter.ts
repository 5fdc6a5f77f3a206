import type { Services } from '../../services.ts'
import { presentIndexing } from './indexingPresenter.ts'
import { presentJobs } from './jobsPresenter.ts'
import { presentVersions } from './versionsPresenter.ts'

const refreshSeconds = 5

export async function presentOperations(services: Services) {
  const [jobs, indexing, versions] = await Promise.all([presentJobs(services), presentIndexing(services), presentVersions(services)])
  const isBusy = jobs.running.length > 0 || indexing.isFilling
  return { title: 'Jobs and search index', jobs, indexing, versions, ...(isBusy ? { refreshSeconds } : {}) }
}
