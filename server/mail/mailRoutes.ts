import { Router } from 'express'
import { mayDo, signedIn } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { mailHandlers } from './mailHandlers.ts'

export function mailRoutes(services: Services): Router {
  const router = Router()
  const handlers = mailHandlers(services)

  router.use('/admin/mail', signedIn, mayDo({ verb: 'see operations' }))
  router.get('/admin/mail', handlers.show)
  router.post('/admin/mail/test', handlers.test)
  router.post('/admin/mail/:id/retry', handlers.retry)
  router.post('/admin/mail/:id/delete', handlers.giveUp)
  return router
}
