import { Router } from 'express'
import { z } from 'zod'
import { streamedFile } from '../../files/streamedFile.ts'
import { mayDo, personOf } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { pageImportForm } from './pageImportForms.ts'
import { mostMegabytes, pageImportHandlers } from './pageImportHandlers.ts'
import { pagesField } from './pageImports.ts'

export function pageImportRoutes(services: Services): Router {
  const { files, pageImports } = services
  const router = Router()
  const handlers = pageImportHandlers(services)
  const received = streamedFile(pagesField, {
    files,
    about: res => pageImports.about(personOf(res.req)),
    tooLarge: name => `“${name.slice(0, 100)}” is larger than ${mostMegabytes} MB. Send it in parts, or import it on the machine`,
    most: mostMegabytes,
  })

  router.use('/knowledge/import', mayDo({ verb: 'import articles' }))
  router.get('/knowledge/import', handlers.start)
  router.post('/knowledge/import', received, validated(pageImportForm, handlers.upload, handlers.startAgain))
  router.get('/knowledge/import/:id', handlers.show)
  router.post('/knowledge/import/:id', validated(z.object({}), handlers.confirm, handlers.showAgain))
  router.post('/knowledge/import/:id/cancel', handlers.cancel)
  return router
}
