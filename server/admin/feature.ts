import type { Feature } from '../feature.ts'
import { adminRoutes } from './adminRoutes.ts'

export const adminFeature: Feature = {
  name: 'admin',
  routes: adminRoutes,
  administratorPages: [
    {
      href: '/admin/people',
      text: 'People and their accounts',
      hint: 'Invite people, give roles, make links for new passwords, suspend',
      deed: { verb: 'suspend' },
    },
    {
      href: '/admin/operations',
      text: 'Jobs and search index',
      hint: 'What runs in the background, what failed, how far the search index is, versions',
      deed: { verb: 'see operations' },
    },
  ],
}
