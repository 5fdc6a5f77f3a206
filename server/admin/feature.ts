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
  ],
}
