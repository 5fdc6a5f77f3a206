import { Router } from 'express'
import type { Services } from '../../services.ts'
import { healthHandlers } from './healthHandlers.ts'

export function healthRoutes(services: Services): Router {
  const router = Router()
  const handlers = healthHandlers(services)

  router.get('/health/live', handlers.live)
  router.get('/health/ready', handlers.ready)
  return router
}
