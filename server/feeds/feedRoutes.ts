import { Router } from 'express'
import { signedIn } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { feedHandlers } from './feedHandlers.ts'

export function feedRoutes(services: Services): Router {
  const router = Router()
  const handlers = feedHandlers(services)

  router.get('/feeds/:token/search', handlers.search)
  router.get('/feeds/:token/skills/:slug', handlers.skill)
  router.get('/feeds/:token/organisations/:slug', handlers.organisation)
  router.post('/account/feeds', signedIn, handlers.renew)
  router.post('/account/feeds/delete', signedIn, handlers.revoke)
  return router
}
