import type { Feature } from '../feature.ts'
import { contactHandover } from './contacts/contactHandover.ts'
import { whoToCall } from './contacts/whoToCall.ts'
import { followedOrganisations, followedTeams } from './followedOrganisations.ts'
import { organisationsImport } from './imports/organisationsImport.ts'
import { teamsImport } from './imports/teamsImport.ts'
import { organisationNames, teamNames } from './organisationNames.ts'
import { organisationRoutes } from './organisationRoutes.ts'
import { suggestedOrganisations } from './suggestedOrganisations.ts'

export const organisationsFeature: Feature = {
  name: 'organisations',
  routes: organisationRoutes,
  names: ({ organisations, teams }) => [organisationNames(organisations), teamNames(teams)],
  directAnswers: services => [whoToCall(services)],
  suggestions: ({ organisations }) => [suggestedOrganisations(organisations)],
  followed: ({ organisations, teams }) => [followedOrganisations(organisations), followedTeams(teams)],
  handover: services => [contactHandover(services)],
  importers: [
    { type: 'organisations', open: organisationsImport },
    { type: 'teams', open: teamsImport },
  ],
}
