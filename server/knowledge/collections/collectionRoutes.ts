import { Router } from 'express'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { collectionForm } from './collectionForms.ts'
import { collectionHandlers } from './collectionHandlers.ts'

export function collectionRoutes(services: Services): Router {
  const router = Router()
  const handlers = collectionHandlers(services)

  router.get('/knowledge/collections', handlers.list)
  router.get('/knowledge/collections/new', handlers.startNew)
  router.post('/knowledge/collections', validated(collectionForm, handlers.create, handlers.newAgain))
  router.get('/knowledge/collections/:slug', handlers.show)
  router.get('/knowledge/collections/:slug/whole', handlers.whole)
  router.get('/knowledge/collections/:slug/edit', handlers.edit)
  router.post('/knowledge/collections/:slug', validated(collectionForm, handlers.save, handlers.editAgain))
  router.post('/knowledge/collections/:slug/delete', handlers.remove)
  return router
}
