import type { Feature } from '../feature.ts'
import type { SearchType } from '../search/searchType.ts'
import { confirmationsImport } from '../skills/confirmations/confirmationsImport.ts'
import { coverHandover } from './covers.ts'
import { followedPeople } from './followedPeople.ts'
import { peopleImport } from './imports/peopleImport.ts'
import { peopleWithSkills } from './peopleWithSkills.ts'
import { personRoutes } from './personRoutes.ts'
import { authorNames, personSearchType } from './personSearch.ts'
import { reportNotifications } from './reports/reportNotifications.ts'
import { reportsWaiting } from './reports/reportsWaiting.ts'

export const peopleFeature: Feature = {
  name: 'people',
  routes: personRoutes,
  searchTypes: ({ models }) => [personSearchType(models.people) as unknown as SearchType],
  names: ({ people }) => [authorNames(people)],
  followed: ({ people }) => [followedPeople(people)],
  handover: services => [coverHandover(services)],
  files: ({ photos }) => [photos.keeper()],
  waiting: reportsWaiting,
  notifications: services => [reportNotifications(services)],
  skillHolders: ({ models, clock }) => [peopleWithSkills(models, clock)],
  importers: [
    { type: 'people', open: peopleImport },
    { type: 'confirmations', open: confirmationsImport },
  ],
  administratorPages: [
    {
      href: '/admin/reports',
      group: 'people',
      text: 'Reported profiles',
      hint: 'What people say is wrong with a profile, and who they say has left',
      deed: { verb: 'suspend' },
    },
  ],
}
