import { Router } from 'express'
import type { Services } from '../../services.ts'
import { exportHandlers } from './exportHandlers.ts'

export function exportRoutes(services: Services): Router {
  const router = Router()
  const handlers = exportHandlers(services)

  router.get('/knowledge/export', handlers.choose)
  router.get('/knowledge/export/all.zip', handlers.all)
  router.get('/knowledge/collections/:slug/collection.zip', handlers.collection)
  router.get('/knowledge/:slug/article.md', handlers.markdown)
  router.get('/knowledge/:slug/article.pdf', handlers.pdf)
  router.get('/knowledge/:slug/article.docx', handlers.word)
  return router
}
