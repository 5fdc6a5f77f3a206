import type { Feature } from '../feature.ts'
import { siteMetrics } from './siteMetrics.ts'

export const monitoringFeature: Feature = { name: 'monitoring', metrics: siteMetrics }
