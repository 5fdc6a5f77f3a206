import { Router } from 'express'
import { signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { ledgerRoutes } from '../ledger/ledgerRoutes.ts'
import { endForm, extendForm, loanForm, stepForm } from './loanForms.ts'
import { loanHandlers } from './loanHandlers.ts'

export function loanRoutes(services: Services): Router {
  const router = Router()
  const handlers = loanHandlers(services)

  router.use('/loans', signedIn)
  router.get('/loans', handlers.list)
  router.get('/loans/new', handlers.startNew)
  router.post('/loans', validated(loanForm, handlers.create, handlers.newAgain))
  router.use(ledgerRoutes(services))
  router.get('/loans/:slug', handlers.show)
  router.get('/loans/:slug/agreement.pdf', handlers.agreement)
  router.post('/loans/:slug/end-early', validated(endForm, handlers.endEarly, handlers.stepAgain))
  router.post('/loans/:slug/ask-to-extend', validated(extendForm, handlers.extend, handlers.stepAgain))
  router.post('/loans/:slug/:step', validated(stepForm, handlers.step, handlers.stepAgain))
  return router
}
