import { Router } from 'express'
import { z } from 'zod'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { mergeForm } from '../merges/mergeForms.ts'
import { mergeHandlers } from '../merges/mergeHandlers.ts'
import { dismissForm, pairHandlers } from '../pairs/pairHandlers.ts'
import { aliasForm, declineForm } from '../proposals/proposalForms.ts'
import { proposalHandlers } from '../proposals/proposalHandlers.ts'
import { skillForm } from '../skillForms.ts'
import { decidedSplitForm } from '../splits/splitForms.ts'
import { splitHandlers } from '../splits/splitHandlers.ts'
import { curationHandlers } from './curationHandlers.ts'

/** For administrators of the partnership: what is proposed, what may be the same, and what became one or two. */
export function curationRoutes(services: Services): Router {
  const router = Router()
  const curation = curationHandlers(services)
  const proposals = proposalHandlers(services)
  const pairs = pairHandlers(services)
  const merges = mergeHandlers(services)
  const splits = splitHandlers(services)

  router.use('/admin/skills', signedIn, mayDo({ verb: 'keep skills' }))
  router.get('/admin/skills', curation.show)
  router.get('/admin/skills/proposals/:id', proposals.show)
  router.post('/admin/skills/proposals/:id/accept', validated(skillForm, proposals.accept, proposals.showAgain))
  router.post('/admin/skills/proposals/:id/alias', validated(aliasForm, proposals.acceptAsAlias, proposals.showAgain))
  router.post('/admin/skills/proposals/:id/decline', validated(declineForm, proposals.decline, proposals.showAgain))
  router.post('/admin/skills/pairs/dismiss', validated(dismissForm, pairs.dismiss, curation.showAgain))
  router.get('/admin/skills/merges/new', merges.preview)
  router.post('/admin/skills/merges', validated(mergeForm, merges.merge, merges.previewAgain))
  router.get('/admin/skills/merges/:id', merges.show)
  router.post('/admin/skills/merges/:id/undo', validated(z.object({}), merges.undo, merges.showAgain))
  router.get('/admin/skills/splits/new', splits.preview)
  router.post('/admin/skills/splits', validated(decidedSplitForm, splits.split, splits.previewAgain))
  router.get('/admin/skills/splits/:id', splits.show)
  router.post('/admin/skills/splits/:id/undo', validated(z.object({}), splits.undo, splits.showAgain))
  return router
}
