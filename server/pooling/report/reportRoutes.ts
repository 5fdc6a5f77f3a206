import { Router } from 'express'
import { signedIn } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { reportHandlers } from './reportHandlers.ts'

export function reportRoutes(services: Services): Router {
  const router = Router()
  const handlers = reportHandlers(services)

  router.use('/reports', signedIn)
  router.get('/reports/pooling', handlers.show)
  router.get('/reports/pooling/organisations.csv', handlers.organisations)
  router.get('/reports/pooling/skills.csv', handlers.skills)
  router.get('/reports/pooling/outcomes.csv', handlers.outcomes)
  return router
}
