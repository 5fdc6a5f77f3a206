import type { Feature } from '../feature.ts'
import { organisationNames, teamNames } from './organisationNames.ts'
import { organisationRoutes } from './organisationRoutes.ts'

export const organisationsFeature: Feature = {
  name: 'organisations',
  routes: organisationRoutes,
  names: ({ organisations, teams }) => [organisationNames(organisations), teamNames(teams)],
}
