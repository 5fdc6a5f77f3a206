import type { Feature } from '../feature.ts'
import { partnershipRoutes } from './partnershipRoutes.ts'

export const partnershipFeature: Feature = {
  name: 'partnership',
  routes: partnershipRoutes,
  files: ({ logos }) => [logos.keeper()],
  administratorPages: [
    {
      href: '/admin/settings',
      group: 'site',
      text: 'Settings',
      hint: 'Name, colour and logo, whom to ask, privacy notice, accessibility statement and cookies, the contact for reports about security',
    },
  ],
}
