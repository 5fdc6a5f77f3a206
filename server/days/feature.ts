import type { Feature } from '../feature.ts'
import type { SearchType } from '../search/searchType.ts'
import { dayNotifications } from './dayNotifications.ts'
import { dayRoutes } from './dayRoutes.ts'
import { daySearchType } from './daySearchDocument.ts'
import { daysWaiting } from './daysWaiting.ts'
import { followedDays } from './followedDays.ts'
import { eraseNeeds } from './registrations/eraseNeeds.ts'

export const daysFeature: Feature = {
  name: 'days',
  routes: dayRoutes,
  searchTypes: ({ models }) => [daySearchType(models.days) as unknown as SearchType],
  followed: ({ days }) => [followedDays(days)],
  notifications: dayNotifications,
  waiting: daysWaiting,
  forget:
    ({ registrations }) =>
    personId =>
      registrations.forget(personId),
  jobs: services => [eraseNeeds(services)],
}
