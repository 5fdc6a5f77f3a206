import { Router } from 'express'
import { signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { offerForm } from './offerForms.ts'
import { offerHandlers } from './offerHandlers.ts'

export function offerRoutes(services: Services): Router {
  const router = Router()
  const handlers = offerHandlers(services)

  router.use('/offers', signedIn)
  router.get('/offers', handlers.list)
  router.get('/offers/new', handlers.startNew)
  router.post('/offers', validated(offerForm, handlers.create, handlers.newAgain))
  router.get('/offers/:slug', handlers.show)
  router.get('/offers/:slug/edit', handlers.edit)
  router.post('/offers/:slug', validated(offerForm, handlers.save, handlers.editAgain))
  router.post('/offers/:slug/end', handlers.end)
  return router
}
