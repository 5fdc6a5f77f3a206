import type { Feature } from '../feature.ts'
import { followingRoutes } from './followingRoutes.ts'

export const notificationsFeature: Feature = {
  name: 'notifications',
  routes: followingRoutes,
}
