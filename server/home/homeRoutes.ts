import { Router } from 'express'
import type { Services } from '../services.ts'
import { homeHandlers } from './homeHandlers.ts'

export function homeRoutes(services: Services): Router {
  const router = Router()
  router.get('/', homeHandlers(services).show)
  return router
}
