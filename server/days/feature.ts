import type { Feature } from '../feature.ts'
import type { SearchType } from '../search/searchType.ts'
import { dayDirectory } from './dayDirectory.ts'
import { dayHandover } from './dayHandover.ts'
import { dayNotifications } from './dayNotifications.ts'
import { dayRoutes } from './dayRoutes.ts'
import { daySearchType } from './daySearchDocument.ts'
import { daysImport } from './daysImport.ts'
import { daysWaiting } from './daysWaiting.ts'
import { followedDays } from './followedDays.ts'
import { eraseNeeds } from './registrations/eraseNeeds.ts'

export const daysFeature: Feature = {
  name: 'days',
  routes: dayRoutes,
  searchTypes: ({ models }) => [daySearchType(models.days) as unknown as SearchType],
  names: ({ models }) => [dayDirectory(models)],
  handover: services => [dayHandover(services)],
  followed: ({ days }) => [followedDays(days)],
  notifications: dayNotifications,
  waiting: daysWaiting,
  forget:
    ({ registrations, votes, calendarAddresses }) =>
    async personId => {
      await Promise.all([registrations.forget(personId), votes.forget(personId), calendarAddresses.forget(personId)])
    },
  jobs: services => [eraseNeeds(services)],
  importers: [{ type: 'days', open: daysImport }],
}
