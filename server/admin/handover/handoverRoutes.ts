import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { handoverForm } from './handoverForms.ts'
import { handoverHandlers } from './handoverHandlers.ts'

export function handoverRoutes(services: Services): Router {
  const router = Router()
  const handlers = handoverHandlers(services)
  const form = handoverForm(services.handovers.kinds)

  router.use(['/admin/handover', '/admin/people/:slug/handover'], signedIn, mayDo({ verb: 'suspend' }))
  router.get('/admin/handover', handlers.waiting)
  router.get('/admin/people/:slug/handover', handlers.show)
  router.post('/admin/people/:slug/handover', validated(form, handlers.handOver, handlers.showAgain))
  return router
}
