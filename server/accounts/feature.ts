import type { Feature } from '../feature.ts'
import { accountRoutes } from './accountRoutes.ts'
import { linkMail } from './linkMail.ts'

export const accountsFeature: Feature = {
  name: 'accounts',
  routes: accountRoutes,
  mails: services => [linkMail(services)],
}
