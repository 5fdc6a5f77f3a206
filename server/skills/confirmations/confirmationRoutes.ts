import { Router } from 'express'
import { signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { contestForm } from './confirmationForms.ts'
import { confirmationHandlers } from './confirmationHandlers.ts'

export function confirmationRoutes(services: Services): Router {
  const router = Router()
  const handlers = confirmationHandlers(services)
  const all = '/people/:slug/skills/:skill/confirmations'

  router.use(all, signedIn)
  router.get(all, handlers.list)
  router.post(all, handlers.confirm)
  router.post(`${all}/withdraw`, handlers.withdraw)
  router.post(`${all}/:confirmer/hide`, handlers.hide)
  router.post(`${all}/:confirmer/show`, handlers.showAgain)
  router.get(`${all}/:confirmer/contest`, handlers.startContest)
  router.post(`${all}/:confirmer/contest`, validated(contestForm, handlers.contest, handlers.contestAgain))
  return router
}
