import { Router } from 'express'
import { signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { attachmentRoutes } from '../attachments/attachmentRoutes.ts'
import { collectionRoutes } from '../collections/collectionRoutes.ts'
import { exportRoutes } from '../exports/exportRoutes.ts'
import { kindRoutes } from '../kinds/kindRoutes.ts'
import { pageImportRoutes } from '../pageImports/pageImportRoutes.ts'
import { reviewRoutes } from '../reviews/reviewRoutes.ts'
import { revisionRoutes } from '../revisions/revisionRoutes.ts'
import { talkRoutes } from '../talk/talkRoutes.ts'
import { usefulnessRoutes } from '../usefulness/usefulnessRoutes.ts'
import { workingTextRoutes } from '../workingTexts/workingTextRoutes.ts'
import { writingRoutes } from '../writing/writingRoutes.ts'
import { articleForm } from './articleForms.ts'
import { articleHandlers } from './articleHandlers.ts'

export function articleRoutes(services: Services): Router {
  const router = Router()
  const handlers = articleHandlers(services)

  router.use('/knowledge', signedIn)
  router.get('/knowledge', handlers.list)
  router.get('/knowledge/new', handlers.startNew)
  router.post('/knowledge/new', handlers.newOfKind)
  router.use(workingTextRoutes(services))
  router.use(writingRoutes(services))
  router.use(kindRoutes(services))
  router.use(exportRoutes(services))
  router.use(pageImportRoutes(services))
  router.use(collectionRoutes(services))
  router.post('/knowledge', validated(articleForm, handlers.create, handlers.newAgain))
  router.get('/knowledge/:slug', handlers.show)
  router.get('/knowledge/:slug/edit', handlers.edit)
  router.post('/knowledge/:slug/edit', handlers.editOfKind)
  router.post('/knowledge/:slug', validated(articleForm, handlers.save, handlers.editAgain))
  router.post('/knowledge/:slug/delete', handlers.remove)
  router.use(attachmentRoutes(services))
  router.use(reviewRoutes(services))
  router.use(revisionRoutes(services))
  router.use(talkRoutes(services))
  router.use(usefulnessRoutes(services))
  return router
}
