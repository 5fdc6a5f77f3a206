import type { Feature } from '../feature.ts'
import { feedRoutes } from './feedRoutes.ts'

export const feedsFeature: Feature = {
  name: 'feeds',
  routes: feedRoutes,
}
