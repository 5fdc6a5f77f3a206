import type { Feature } from '../feature.ts'
import { adminRoutes } from './adminRoutes.ts'
import { handoverJobs } from './handover/handoverJobs.ts'
import { handoverNotification } from './handover/handoverNotification.ts'
import { unownedWaiting } from './handover/unownedWaiting.ts'
import { peopleImportJobs } from './peopleImport/peopleImportJobs.ts'

export const adminFeature: Feature = {
  name: 'admin',
  routes: adminRoutes,
  waiting: unownedWaiting,
  notifications: services => [handoverNotification(services)],
  jobs: services => [...peopleImportJobs(services), ...handoverJobs(services)],
  administratorPages: [
    {
      href: '/admin/people',
      group: 'people',
      text: 'People and their accounts',
      hint: 'Invite people, give roles, make links for new passwords, suspend, hand over what somebody owns',
      deed: { verb: 'suspend' },
    },
    {
      href: '/admin/people/import',
      group: 'people',
      text: 'Import people',
      hint: 'From a CSV file: first what it would add, change and refuse, then saved when you confirm',
      deed: { verb: 'invite' },
    },
    {
      href: '/admin/invitations',
      group: 'people',
      text: 'Invite several people',
      hint: 'Links for people who have a profile and no account, on one page or as a CSV file',
      deed: { verb: 'invite' },
    },
    {
      href: '/admin/handover',
      group: 'people',
      text: 'Left and not handed over',
      hint: 'People who left and still own something, and articles without an owner',
      deed: { verb: 'suspend' },
    },
    {
      href: '/admin/operations',
      group: 'site',
      text: 'Jobs and search index',
      hint: 'What runs in the background, what failed, how far the search index is, versions',
      deed: { verb: 'see operations' },
    },
  ],
}
