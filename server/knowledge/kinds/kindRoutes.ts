import { Router } from 'express'
import type { Services } from '../../services.ts'
import { kindHandlers } from './kindHandlers.ts'

export function kindRoutes(services: Services): Router {
  const router = Router()
  const handlers = kindHandlers(services)

  router.get('/knowledge/kinds/:kind', handlers.compare)
  router.get('/knowledge/kinds/:kind/table.csv', handlers.download)
  return router
}
