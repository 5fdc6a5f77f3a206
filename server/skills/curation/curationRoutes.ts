import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { aliasForm, declineForm } from '../proposals/proposalForms.ts'
import { proposalHandlers } from '../proposals/proposalHandlers.ts'
import { skillForm } from '../skillForms.ts'
import { curationHandlers } from './curationHandlers.ts'

/** For administrators of the partnership: what is proposed. */
export function curationRoutes(services: Services): Router {
  const router = Router()
  const curation = curationHandlers(services)
  const proposals = proposalHandlers(services)

  router.use('/admin/skills', signedIn, mayDo({ verb: 'keep skills' }))
  router.get('/admin/skills', curation.show)
  router.get('/admin/skills/proposals/:id', proposals.show)
  router.post('/admin/skills/proposals/:id/accept', validated(skillForm, proposals.accept, proposals.showAgain))
  router.post('/admin/skills/proposals/:id/alias', validated(aliasForm, proposals.acceptAsAlias, proposals.showAgain))
  router.post('/admin/skills/proposals/:id/decline', validated(declineForm, proposals.decline, proposals.showAgain))
  return router
}
