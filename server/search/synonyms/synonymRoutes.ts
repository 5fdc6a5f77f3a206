import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { synonymForm } from './synonymForms.ts'
import { synonymHandlers } from './synonymHandlers.ts'

export function synonymRoutes(services: Services): Router {
  const router = Router()
  const handlers = synonymHandlers(services)

  router.use('/admin/synonyms', signedIn, mayDo({ verb: 'keep search' }))
  router.get('/admin/synonyms', handlers.list)
  router.post('/admin/synonyms', validated(synonymForm, handlers.add, handlers.listAgain))
  router.get('/admin/synonyms/:id/edit', handlers.edit)
  router.post('/admin/synonyms/:id', validated(synonymForm, handlers.change, handlers.editAgain))
  router.post('/admin/synonyms/:id/delete', handlers.remove)
  return router
}
