import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { reportForm, settleForm } from './reportForms.ts'
import { reportHandlers } from './reportHandlers.ts'

export function reportRoutes(services: Services): Router {
  const router = Router()
  const handlers = reportHandlers(services)

  router.use('/people/:slug/report', signedIn)
  router.get('/people/:slug/report', handlers.start)
  router.post('/people/:slug/report', validated(reportForm, handlers.report, handlers.startAgain))
  router.use('/admin/reports', signedIn, mayDo({ verb: 'suspend' }))
  router.get('/admin/reports', handlers.list)
  router.get('/admin/reports/:id', handlers.show)
  router.post('/admin/reports/:id', validated(settleForm, handlers.settle, handlers.showAgain))
  return router
}
