import { Router } from 'express'
import type { Services } from '../../services.ts'
import { diagramFrame } from './diagramFrame.ts'
import { writingHandlers } from './writingHandlers.ts'

export function writingRoutes(services: Services): Router {
  const router = Router()
  const handlers = writingHandlers(services)

  router.get('/knowledge/new/links', handlers.links)
  router.get('/knowledge/diagrams/frame', diagramFrame)
  router.post('/knowledge/new/preview', handlers.preview)
  return router
}
