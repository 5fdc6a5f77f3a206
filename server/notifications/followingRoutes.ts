import { Router } from 'express'
import { signedIn } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { followingHandlers } from './followingHandlers.ts'

export function followingRoutes(services: Services): Router {
  const router = Router()
  const handlers = followingHandlers(services)

  router.use('/following', signedIn)
  router.get('/following', handlers.list)
  router.post('/following/:kind/:slug', handlers.follow)
  router.post('/following/:kind/:slug/stop', handlers.stop)
  return router
}
