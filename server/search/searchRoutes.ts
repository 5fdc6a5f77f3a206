import { Router } from 'express'
import { mayDo, signedIn } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { pinRoutes } from './pins/pinRoutes.ts'
import { queryRoutes } from './queryLog/queryRoutes.ts'
import { savedSearchRoutes } from './saved/savedSearchRoutes.ts'
import { searchHandlers } from './searchHandlers.ts'
import { suggestionHandlers } from './suggestions/suggestionHandlers.ts'
import { synonymRoutes } from './synonyms/synonymRoutes.ts'

export function searchRoutes(services: Services): Router {
  const router = Router()
  const handlers = searchHandlers(services)

  router.get('/search', signedIn, handlers.search)
  router.get('/search/suggestions', signedIn, suggestionHandlers(services).suggest)
  router.get('/search.csv', signedIn, mayDo({ verb: 'download results' }), handlers.download)
  router.get('/search/order', signedIn, handlers.order)
  router.use(synonymRoutes(services))
  router.use(savedSearchRoutes(services))
  router.use(pinRoutes(services))
  router.use(queryRoutes(services))
  return router
}
