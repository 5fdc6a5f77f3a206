import type { Feature } from '../feature.ts'
import type { SearchType } from '../search/searchType.ts'
import { loanNotifications } from './loans/loanNotifications.ts'
import { loansDue } from './loans/loansDue.ts'
import { loansImport } from './loans/loansImport.ts'
import { loansWaiting } from './loans/loansWaiting.ts'
import { requestHandover } from './matching/requestHandover.ts'
import { requestsDue } from './matching/requestsDue.ts'
import { requestsWaiting } from './matching/requestsWaiting.ts'
import { followedOffers } from './offers/followedOffers.ts'
import { offerSearchType } from './offers/offerSearchDocument.ts'
import { offersImport } from './offers/offersImport.ts'
import { requestedSkills } from './outcomes/requestedSkills.ts'
import { poolingRoutes } from './poolingRoutes.ts'
import { followedRequests } from './requests/followedRequests.ts'
import { requestNotifications } from './requests/requestNotifications.ts'
import { requestSearchType } from './requests/requestSearchDocument.ts'
import { requestStateDirectory } from './requests/requestStates.ts'
import { requestsImport } from './requests/requestsImport.ts'
import { requestsWithSkills } from './requests/requestsWithSkills.ts'

export const poolingFeature: Feature = {
  name: 'pooling',
  routes: poolingRoutes,
  searchTypes: ({ models, comments, clock }) => [
    requestSearchType(models.requests, { comments }) as unknown as SearchType,
    offerSearchType(models.offers, clock) as unknown as SearchType,
  ],
  confirmedSkills: requestedSkills,
  names: () => [requestStateDirectory],
  skillHolders: ({ models, clock }) => [requestsWithSkills(models, clock)],
  followed: ({ requests, offers }) => [followedRequests(requests), followedOffers(offers)],
  handover: services => [requestHandover(services)],
  notifications: services => [...requestNotifications(services), ...loanNotifications(services)],
  forget:
    ({ loanLeaving, offers }) =>
    async personId => {
      await loanLeaving.leave(personId)
      await offers.endThoseOf(personId)
    },
  jobs: services => [loansDue(services), requestsDue(services)],
  waiting: services => async person => (await Promise.all([requestsWaiting(services)(person), loansWaiting(services)(person)])).flat(),
  importers: [
    { type: 'requests', open: requestsImport },
    { type: 'offers', open: offersImport },
    { type: 'loans', open: loansImport },
  ],
}
