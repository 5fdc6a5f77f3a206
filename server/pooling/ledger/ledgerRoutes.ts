import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { correctionForm } from '../loans/loanForms.ts'
import { ledgerHandlers } from './ledgerHandlers.ts'

export function ledgerRoutes(services: Services): Router {
  const router = Router()
  const handlers = ledgerHandlers(services)
  const correcting = mayDo({ verb: 'correct ledger' })

  router.get('/loans/ledger', handlers.show)
  router.get('/loans/ledger.csv', handlers.download)
  router.get('/loans/:slug/correction', signedIn, correcting, handlers.startCorrection)
  router.post('/loans/:slug/correction', signedIn, correcting, validated(correctionForm, handlers.correct, handlers.correctionAgain))
  return router
}
