import { Router } from 'express'
import type { Services } from '../../services.ts'
import { revisionHandlers } from './revisionHandlers.ts'

export function revisionRoutes(services: Services): Router {
  const router = Router()
  const handlers = revisionHandlers(services)

  router.get('/knowledge/:slug/history', handlers.history)
  router.get('/knowledge/:slug/history/compare', handlers.compare)
  router.post('/knowledge/:slug/history/:revision/restore', handlers.restore)
  return router
}
