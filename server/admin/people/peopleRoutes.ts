import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { invitationForm, openAccountForm, rolesForm } from './peopleForms.ts'
import { peopleHandlers } from './peopleHandlers.ts'

export function peopleRoutes(services: Services): Router {
  const router = Router()
  const handlers = peopleHandlers(services)

  router.use('/admin/people', signedIn, mayDo({ verb: 'suspend' }))
  router.get('/admin/people', handlers.list)
  router.get('/admin/people/new', handlers.startInvitation)
  router.post('/admin/people', validated(invitationForm, handlers.invite, handlers.invitationAgain))
  router.get('/admin/people/:slug', handlers.show)
  router.post('/admin/people/:slug/account', validated(openAccountForm, handlers.openAccount, handlers.showAgain))
  router.post('/admin/people/:slug/link', handlers.issueResetLink)
  router.post('/admin/people/:slug/suspend', handlers.suspend)
  router.post('/admin/people/:slug/resume', handlers.resume)
  router.post('/admin/people/:slug/return', handlers.letReturn)
  router.post('/admin/people/:slug/roles', validated(rolesForm, handlers.giveRoles, handlers.showAgain))
  return router
}
