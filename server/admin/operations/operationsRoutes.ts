import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { askedJobForm } from './operationsForms.ts'
import { operationsHandlers } from './operationsHandlers.ts'

export function operationsRoutes(services: Services): Router {
  const router = Router()
  const handlers = operationsHandlers(services)

  router.use('/admin/operations', signedIn, mayDo({ verb: 'see operations' }))
  router.get('/admin/operations', handlers.show)
  router.post('/admin/operations/jobs', validated(askedJobForm(services.jobRunner), handlers.ask, handlers.showAgain))
  router.post('/admin/operations/jobs/:id/retry', handlers.retry)
  router.post('/admin/operations/jobs/:id/cancel', handlers.cancel)
  router.post('/admin/operations/meaning/pause', handlers.pauseEncoding)
  router.post('/admin/operations/meaning/go-on', handlers.goOnEncoding)
  router.post('/admin/operations/records/:type/:id/retry', handlers.retryRecord)
  return router
}
