import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { pinForm } from './pinForms.ts'
import { pinHandlers } from './pinHandlers.ts'

export function pinRoutes(services: Services): Router {
  const router = Router()
  const handlers = pinHandlers(services)

  router.use('/admin/pins', signedIn, mayDo({ verb: 'keep search' }))
  router.get('/admin/pins', handlers.list)
  router.post('/admin/pins', validated(pinForm, handlers.add, handlers.listAgain))
  router.get('/admin/pins/:id/edit', handlers.edit)
  router.post('/admin/pins/:id', validated(pinForm, handlers.change, handlers.editAgain))
  router.post('/admin/pins/:id/delete', handlers.remove)
  return router
}
