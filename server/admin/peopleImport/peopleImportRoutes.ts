import { Router } from 'express'
import { uploadedFile } from '../../files/uploadedFile.ts'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { confirmForm, uploadForm } from './peopleImportForms.ts'
import { peopleImportHandlers } from './peopleImportHandlers.ts'

const tooLarge = 'The file is larger than 5 MB. Import it in parts, or on the machine with "npm run import".'

export function peopleImportRoutes(services: Services): Router {
  const router = Router()
  const handlers = peopleImportHandlers(services)

  router.use('/admin/people/import', signedIn, mayDo({ verb: 'invite' }))
  router.get('/admin/people/import', handlers.start)
  router.post('/admin/people/import', uploadedFile('file', tooLarge), validated(uploadForm, handlers.upload, handlers.startAgain))
  router.get('/admin/people/import/:id', handlers.show)
  router.post('/admin/people/import/:id', validated(confirmForm, handlers.confirm, handlers.showAgain))
  router.post('/admin/people/import/:id/cancel', handlers.cancel)
  router.get('/admin/people/import/:id/refused.csv', handlers.refused)
  return router
}
