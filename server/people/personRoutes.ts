import { Router } from 'express'
import { signedIn } from '../http/guards.ts'
import { validated } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { absenceForm } from './absenceForms.ts'
import { absenceHandlers } from './absenceHandlers.ts'
import { declaredSkillForm, profileForm, rolesForm } from './personForms.ts'
import { personHandlers } from './personHandlers.ts'
import { profileHandlers } from './profileHandlers.ts'
import { skillsFormHandlers } from './skillsFormHandlers.ts'

export function personRoutes(services: Services): Router {
  const router = Router()
  const people = personHandlers(services)
  const profile = profileHandlers(services)
  const absence = absenceHandlers(services)
  const skills = skillsFormHandlers(services)

  router.use('/people', signedIn)
  router.get('/people', people.list)
  router.get('/people/:slug', people.show)
  router.get('/people/:slug/edit', profile.edit)
  router.post('/people/:slug', validated(profileForm, profile.save, profile.editAgain))
  router.get('/people/:slug/absence', absence.edit)
  router.post('/people/:slug/absence', validated(absenceForm, absence.save, absence.editAgain))
  router.get('/people/:slug/skills', skills.edit)
  router.post('/people/:slug/skills', validated(declaredSkillForm, skills.declare, skills.editAgain))
  router.post('/people/:slug/skills/:skill/delete', skills.drop)
  router.post('/people/:slug/roles', validated(rolesForm, profile.giveRoles, profile.rolesAgain))
  return router
}
