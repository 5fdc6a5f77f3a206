import { Router } from 'express'
import { mayDo, signedIn } from '../http/guards.ts'
import { validated } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { contactForm } from './contacts/contactForms.ts'
import { contactHandlers } from './contacts/contactHandlers.ts'
import { organisationForm, teamForm } from './organisationForms.ts'
import { organisationHandlers } from './organisationHandlers.ts'
import { teamHandlers } from './teamHandlers.ts'

export function organisationRoutes(services: Services): Router {
  const router = Router()
  const organisations = organisationHandlers(services)
  const teams = teamHandlers(services)
  const contacts = contactHandlers(services)
  const keeper = mayDo({ verb: 'keep organisations' })

  router.use(['/organisations', '/teams'], signedIn)
  router.get('/organisations', organisations.list)
  router.get('/organisations/new', keeper, organisations.startNew)
  router.post('/organisations', keeper, validated(organisationForm, organisations.create, organisations.newAgain))
  router.get('/organisations/contacts', contacts.all)
  router.get('/organisations/:slug', organisations.show)
  router.get('/organisations/:slug/edit', keeper, organisations.edit)
  router.post('/organisations/:slug', keeper, validated(organisationForm, organisations.save, organisations.editAgain))
  router.get('/organisations/:slug/teams/new', teams.startNew)
  router.post('/organisations/:slug/teams', validated(teamForm, teams.create, teams.newAgain))
  router.get('/organisations/:slug/contacts', contacts.organisation.edit)
  router.post('/organisations/:slug/contacts', validated(contactForm, contacts.organisation.save, contacts.organisation.editAgain))
  router.get('/teams/:slug', teams.show)
  router.get('/teams/:slug/edit', teams.edit)
  router.post('/teams/:slug', validated(teamForm, teams.save, teams.editAgain))
  router.get('/teams/:slug/contacts', contacts.team.edit)
  router.post('/teams/:slug/contacts', validated(contactForm, contacts.team.save, contacts.team.editAgain))
  return router
}
