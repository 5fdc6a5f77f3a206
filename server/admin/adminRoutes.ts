import { Router } from 'express'
import { may } from '../access/may.ts'
import { mayDo, personOf, signedIn } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { groupedPages } from './administrationIndex.ts'
import { handoverRoutes } from './handover/handoverRoutes.ts'
import { healthRoutes } from './health/healthRoutes.ts'
import { invitationsRoutes } from './invitations/invitationsRoutes.ts'
import { operationsRoutes } from './operations/operationsRoutes.ts'
import { peopleRoutes } from './people/peopleRoutes.ts'
import { peopleImportRoutes } from './peopleImport/peopleImportRoutes.ts'

export function adminRoutes(services: Services): Router {
  const router = Router()

  router.use(healthRoutes(services))
  router.get('/admin', signedIn, mayDo({ verb: 'suspend' }), (req, res) => {
    const pages = services.administratorPages.filter(({ deed = { verb: 'keep settings' } }) => may(personOf(req), deed))
    res.page('admin/index', { title: 'Administration', groups: groupedPages(pages) })
  })
  router.use(invitationsRoutes(services))
  router.use(peopleImportRoutes(services))
  router.use(handoverRoutes(services))
  router.use(peopleRoutes(services))
  router.use(operationsRoutes(services))
  return router
}
