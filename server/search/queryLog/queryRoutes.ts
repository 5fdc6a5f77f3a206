import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { queryHandlers } from './queryHandlers.ts'

export function queryRoutes(services: Services): Router {
  const router = Router()
  const handlers = queryHandlers(services)

  router.post('/search/opened', signedIn, handlers.opened)
  router.get('/admin/queries', signedIn, mayDo({ verb: 'keep search' }), handlers.report)
  return router
}
