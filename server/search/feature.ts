import type { Feature } from '../feature.ts'
import { searchMetrics } from './searchMetrics.ts'
import { searchRoutes } from './searchRoutes.ts'

export const searchFeature: Feature = { name: 'search', routes: searchRoutes, metrics: searchMetrics }
