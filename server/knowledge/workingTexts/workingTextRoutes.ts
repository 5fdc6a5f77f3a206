import { Router } from 'express'
import type { Services } from '../../services.ts'
import { workingTextHandlers } from './workingTextHandlers.ts'

/** Those of a new article come first: "new" is no article's address. */
export function workingTextRoutes(services: Services): Router {
  const router = Router()
  const handlers = workingTextHandlers(services)

  router.post('/knowledge/new/working-text', handlers.keepNew)
  router.post('/knowledge/new/working-text/discard', handlers.discardNew)
  router.post('/knowledge/:slug/working-text', handlers.keep)
  router.post('/knowledge/:slug/working-text/discard', handlers.discard)
  return router
}
