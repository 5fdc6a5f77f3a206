import { Router } from 'express'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { commentForm } from './talkForms.ts'
import { talkHandlers } from './talkHandlers.ts'

export function talkRoutes(services: Services): Router {
  const router = Router()
  const handlers = talkHandlers(services)

  router.get('/knowledge/:slug/comments/:id', handlers.show)
  router.post('/knowledge/:slug/comments', validated(commentForm, handlers.comment, handlers.again))
  router.post('/knowledge/:slug/comments/:id/resolve', handlers.resolve)
  router.post('/knowledge/:slug/comments/:id/reopen', handlers.reopen)
  router.post('/knowledge/:slug/comments/:id/delete', handlers.remove)
  return router
}
