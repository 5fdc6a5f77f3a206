import { Router } from 'express'
import type { Services } from '../services.ts'
import { mayReadMetrics } from './metricsAccess.ts'
import { MetricsOfAll } from './metricsOfAll.ts'

/** Stands before everything that asks the database, so that it answers while that does not. To all others there is no such page. */
export function metricsRoutes({ config, metrics }: Pick<Services, 'config' | 'metrics'>): Router {
  const router = Router()
  metrics.measureProcess()
  const ofAll = new MetricsOfAll(metrics)

  router.get('/metrics', async (req, res, next) => {
    if (!mayReadMetrics(req, config)) return next()
    res
      .set('Content-Type', metrics.contentType)
      .set('Cache-Control', 'no-store')
      .send(await ofAll.text())
  })
  return router
}
