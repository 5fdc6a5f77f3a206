import type { Feature } from '../feature.ts'
import { accountRoutes } from './accountRoutes.ts'

export const accountsFeature: Feature = {
  name: 'accounts',
  routes: accountRoutes,
}
