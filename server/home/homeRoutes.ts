import { Router } from 'express'
import { signedIn } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { homeHandlers } from './homeHandlers.ts'

export function homeRoutes(services: Services): Router {
  const router = Router()
  const handlers = homeHandlers(services)

  router.get('/', handlers.show)
  router.get('/news', signedIn, handlers.news)
  router.post('/first-steps/hide', signedIn, handlers.hideSteps)
  router.use('/search', handlers.noteSearch)
  return router
}
