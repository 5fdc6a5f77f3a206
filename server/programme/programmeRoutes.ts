import { Router } from 'express'
import { signedIn } from '../http/guards.ts'
import { validated } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { becomingForm } from './programmeForms.ts'
import { programmeHandlers } from './programmeHandlers.ts'

export function programmeRoutes(services: Services): Router {
  const router = Router()
  const handlers = programmeHandlers(services)

  router.use('/programme', signedIn)
  router.get('/programme/actions', handlers.list)
  router.get('/programme/actions/:slug', handlers.action)
  router.post('/programme/actions/:slug', validated(becomingForm, handlers.become, handlers.actionAgain))
  router.get('/programme/decisions/:slug', handlers.decision)
  return router
}
