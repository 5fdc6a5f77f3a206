import type { Feature } from '../feature.ts'
import { driftCheckJob } from './jobs/driftCheckJob.ts'
import { reindexJob } from './jobs/reindexJob.ts'
import { pinImport } from './pins/pinImport.ts'
import { newMatchesJob } from './saved/newMatchesJob.ts'
import { newMatchesWaiting } from './saved/newMatchesWaiting.ts'
import { searchMetrics } from './searchMetrics.ts'
import { searchRoutes } from './searchRoutes.ts'
import { synonymImport } from './synonyms/synonymImport.ts'

export const searchFeature: Feature = {
  name: 'search',
  routes: searchRoutes,
  rewordings: ({ knownSynonyms }) => [words => knownSynonyms.reword(words)],
  importers: [
    { type: 'synonyms', open: synonymImport },
    { type: 'pins', open: pinImport },
  ],
  administratorPages: [
    {
      href: '/admin/synonyms',
      text: 'Synonyms and acronyms',
      hint: 'Words that mean the same: whoever searches for one finds the others',
      deed: { verb: 'keep search' },
    },
    {
      href: '/admin/pins',
      text: 'Pins',
      hint: 'Articles and people that stand first for certain queries',
      deed: { verb: 'keep search' },
    },
  ],
  jobs: services => [driftCheckJob(services), reindexJob(services), newMatchesJob(services)],
  waiting: newMatchesWaiting,
  forget:
    ({ models }) =>
    async personId => {
      await models.savedSearches.deleteMany({ personId })
    },
  metrics: searchMetrics,
}
