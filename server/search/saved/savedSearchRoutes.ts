import { Router } from 'express'
import { signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { changedSearchForm, lookedForm, savedSearchForm } from './savedSearchForms.ts'
import { savedSearchHandlers } from './savedSearchHandlers.ts'

export function savedSearchRoutes(services: Services): Router {
  const router = Router()
  const handlers = savedSearchHandlers(services)

  router.use('/saved-searches', signedIn)
  router.get('/saved-searches', handlers.list)
  router.get('/saved-searches/new', handlers.startNew)
  router.post('/saved-searches', validated(savedSearchForm, handlers.save, handlers.newAgain))
  router.get('/saved-searches/:id', handlers.show)
  router.get('/saved-searches/:id/edit', handlers.edit)
  router.post('/saved-searches/:id', validated(changedSearchForm, handlers.change, handlers.editAgain))
  router.post('/saved-searches/:id/looked', validated(lookedForm, handlers.looked, handlers.showAgain))
  router.post('/saved-searches/:id/delete', handlers.remove)
  return router
}
