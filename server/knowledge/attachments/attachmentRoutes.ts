import { Router } from 'express'
import { z } from 'zod'
import { streamedFile } from '../../files/streamedFile.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { attachmentHandlers } from './attachmentHandlers.ts'
import { quotedName } from './attachmentName.ts'
import { attachmentField } from './receivedFile.ts'

const attachmentForm = z.object({})

export function attachmentRoutes(services: Services): Router {
  const { attachments, files, config } = services
  const router = Router()
  const handlers = attachmentHandlers(services)
  const most = config.ATTACHMENT_MAX_MB
  const received = streamedFile(attachmentField, {
    files,
    about: res => attachments.about(res.locals.article),
    tooLarge: name => `${quotedName(name)} is larger than ${most} MB. Make it smaller, or attach it in parts`,
    most,
  })

  router.get('/knowledge/:slug/attachments', handlers.list)
  router.post('/knowledge/:slug/attachments', handlers.mayAdd, received, validated(attachmentForm, handlers.add, handlers.listAgain))
  router.get('/knowledge/:slug/attachments/:id', handlers.download)
  router.get('/knowledge/:slug/attachments/:id/thumbnail', handlers.thumbnail)
  router.post('/knowledge/:slug/attachments/:id/delete', handlers.remove)
  return router
}
