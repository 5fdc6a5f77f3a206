import { Router } from 'express'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { reviewForm } from './reviewForms.ts'
import { reviewHandlers } from './reviewHandlers.ts'

export function reviewRoutes(services: Services): Router {
  const router = Router()
  const handlers = reviewHandlers(services)

  router.get('/knowledge/:slug/review', handlers.show)
  router.post('/knowledge/:slug/review/:step', validated(reviewForm, handlers.take, handlers.showAgain))
  return router
}
