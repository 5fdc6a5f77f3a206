import type { Feature } from '../feature.ts'
import { whoToCall } from './contacts/whoToCall.ts'
import { organisationsImport } from './imports/organisationsImport.ts'
import { teamsImport } from './imports/teamsImport.ts'
import { organisationNames, teamNames } from './organisationNames.ts'
import { organisationRoutes } from './organisationRoutes.ts'

export const organisationsFeature: Feature = {
  name: 'organisations',
  routes: organisationRoutes,
  names: ({ organisations, teams }) => [organisationNames(organisations), teamNames(teams)],
  directAnswers: services => [whoToCall(services)],
  importers: [
    { type: 'organisations', open: organisationsImport },
    { type: 'teams', open: teamsImport },
  ],
}
