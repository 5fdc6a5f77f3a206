import { Router } from 'express'
import { mayDo, signedIn } from '../http/guards.ts'
import { validated } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { confirmationRoutes } from './confirmations/confirmationRoutes.ts'
import { coverageHandlers } from './coverage/coverageHandlers.ts'
import { curationRoutes } from './curation/curationRoutes.ts'
import { skillForm } from './skillForms.ts'
import { skillHandlers } from './skillHandlers.ts'

export function skillRoutes(services: Services): Router {
  const router = Router()
  const handlers = skillHandlers(services)
  const coverage = coverageHandlers(services)
  const keeper = mayDo({ verb: 'keep skills' })

  router.use('/skills', signedIn)
  router.get('/skills', handlers.list)
  router.get('/skills/suggestions', handlers.suggest)
  router.get('/skills/coverage', coverage.show)
  router.get('/skills/coverage.csv', coverage.download)
  router.get('/skills/new', keeper, handlers.startNew)
  router.post('/skills', keeper, validated(skillForm, handlers.create, handlers.newAgain))
  router.get('/skills/:slug', handlers.show)
  router.get('/skills/:slug/edit', keeper, handlers.edit)
  router.post('/skills/:slug', keeper, validated(skillForm, handlers.save, handlers.editAgain))
  router.use(confirmationRoutes(services))
  router.use(curationRoutes(services))
  return router
}
