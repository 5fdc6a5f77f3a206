import { Router } from 'express'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { usefulnessForm } from './usefulnessForms.ts'
import { usefulnessHandlers } from './usefulnessHandlers.ts'

export function usefulnessRoutes(services: Services): Router {
  const router = Router()
  const handlers = usefulnessHandlers(services)

  router.post('/knowledge/:slug/useful', validated(usefulnessForm, handlers.say, handlers.again))
  router.post('/knowledge/:slug/useful/take-back', handlers.takeBack)
  return router
}
