import type { Feature } from '../feature.ts'
import { homeRoutes } from './homeRoutes.ts'

export const homeFeature: Feature = {
  name: 'home',
  routes: homeRoutes,
}
