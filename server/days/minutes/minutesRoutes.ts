import { Router } from 'express'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { approvalForm, minutesForm } from './minutesForms.ts'
import { minutesHandlers } from './minutesHandlers.ts'

/** Behind the guard of all days. */
export function minutesRoutes(services: Services): Router {
  const router = Router()
  const handlers = minutesHandlers(services)

  router.get('/days/:slug/minutes', handlers.show)
  router.get('/days/:slug/minutes.docx', handlers.word)
  router.get('/days/:slug/minutes.pdf', handlers.pdf)
  router.get('/days/:slug/minutes/edit', handlers.edit)
  router.get('/days/:slug/minutes/history', handlers.history)
  router.post('/days/:slug/minutes', validated(minutesForm, handlers.save, handlers.editAgain))
  router.post('/days/:slug/minutes/approve', validated(approvalForm, handlers.approve, handlers.approveAgain))
  return router
}
