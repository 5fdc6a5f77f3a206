import type { Services } from '../../services.ts'
import { presentIndexing } from './indexingPresenter.ts'
import { presentJobs } from './jobsPresenter.ts'
import { presentMeaning } from './meaningPresenter.ts'
import { presentVersions } from './versionsPresenter.ts'

const refreshSeconds = 5

export async function presentOperations(services: Services) {
  const [jobs, indexing, meaning, versions] = await Promise.all([
    presentJobs(services),
    presentIndexing(services),
    presentMeaning(services),
    presentVersions(services),
  ])
  const isBusy = jobs.running.length > 0 || indexing.isFilling
  return { title: 'Jobs and search index', jobs, indexing, meaning, versions, ...(isBusy ? { refreshSeconds } : {}) }
}
