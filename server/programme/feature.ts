import type { Feature } from '../feature.ts'
import type { SearchType } from '../search/searchType.ts'
import { actionHandover } from './actionHandover.ts'
import { actionNotification, remindOfActions } from './actionReminders.ts'
import { programmeRoutes } from './programmeRoutes.ts'
import { actionSearchType, decisionSearchType } from './programmeSearch.ts'

export const programmeFeature: Feature = {
  name: 'programme',
  routes: programmeRoutes,
  searchTypes: ({ models }) => [
    actionSearchType(models.actions) as unknown as SearchType,
    decisionSearchType(models.decisions) as unknown as SearchType,
  ],
  notifications: services => [actionNotification(services)],
  handover: services => [actionHandover(services)],
  jobs: services => [remindOfActions(services)],
  waiting:
    ({ actions }) =>
    async person =>
      (await actions.list(person, { ownerId: person.id })).slice(0, 5).map(({ title, slug, due }) => ({
        text: `Your action: ${title}${due === undefined ? '' : `, due ${due}`}`,
        href: `/programme/actions/${slug}`,
      })),
}
