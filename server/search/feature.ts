import type { Feature } from '../feature.ts'
import { driftCheckJob } from './jobs/driftCheckJob.ts'
import { reindexJob } from './jobs/reindexJob.ts'
import { pinImport } from './pins/pinImport.ts'
import { forgetSearcher } from './queryLog/forgetSearcher.ts'
import { forgetWhoSearched } from './queryLog/queryLogJobs.ts'
import { newMatchesJob } from './saved/newMatchesJob.ts'
import { newMatchesNotification } from './saved/newMatchesNotification.ts'
import { newMatchesWaiting } from './saved/newMatchesWaiting.ts'
import { searchMetrics } from './searchMetrics.ts'
import { searchRoutes } from './searchRoutes.ts'
import { ownSearches } from './suggestions/ownSearches.ts'
import { synonymImport } from './synonyms/synonymImport.ts'

export const searchFeature: Feature = {
  name: 'search',
  routes: searchRoutes,
  rewordings: ({ knownSynonyms }) => [words => knownSynonyms.reword(words)],
  suggestions: ({ models }) => [ownSearches(models)],
  importers: [
    { type: 'synonyms', open: synonymImport },
    { type: 'pins', open: pinImport },
  ],
  administratorPages: [
    {
      href: '/admin/synonyms',
      group: 'knowing',
      text: 'Synonyms and acronyms',
      hint: 'Words that mean the same: whoever searches for one finds the others',
      deed: { verb: 'keep search' },
    },
    {
      href: '/admin/queries',
      group: 'knowing',
      text: 'What is searched for',
      hint: 'The most frequent queries, those that found nothing, and what was opened; nobody is named',
      deed: { verb: 'keep search' },
    },
    {
      href: '/admin/pins',
      group: 'knowing',
      text: 'Pins',
      hint: 'Articles and people that stand first for certain queries',
      deed: { verb: 'keep search' },
    },
  ],
  jobs: services => [driftCheckJob(services), reindexJob(services), newMatchesJob(services), forgetWhoSearched(services)],
  waiting: newMatchesWaiting,
  notifications: services => [newMatchesNotification(services)],
  forget: ({ models, clock }) => {
    const forgetName = forgetSearcher(models, clock)
    return async personId => {
      await models.savedSearches.deleteMany({ personId })
      await forgetName(personId)
    }
  },
  metrics: searchMetrics,
}
