import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { invitationsForm } from './invitationsForm.ts'
import { invitationsHandlers } from './invitationsHandlers.ts'

export function invitationsRoutes(services: Services): Router {
  const router = Router()
  const handlers = invitationsHandlers(services)

  router.use('/admin/invitations', signedIn, mayDo({ verb: 'invite' }))
  router.get('/admin/invitations', handlers.start)
  router.post('/admin/invitations', validated(invitationsForm, handlers.invite, handlers.startAgain))
  return router
}
