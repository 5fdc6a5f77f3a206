import { Router } from 'express'
import { uploadedFile } from '../files/uploadedFile.ts'
import { signedIn } from '../http/guards.ts'
import { validated } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { absenceForm } from './absenceForms.ts'
import { absenceHandlers } from './absenceHandlers.ts'
import { declaredSkillForm, openedForm, teamsForm } from './personForms.ts'
import { personHandlers } from './personHandlers.ts'
import { photoField, photoHandlers } from './photoHandlers.ts'
import { profileHandlers } from './profileHandlers.ts'
import { typedSections } from './profileSections.ts'
import { reportRoutes } from './reports/reportRoutes.ts'
import { sectionHandlers } from './sectionHandlers.ts'
import { skillsFormHandlers } from './skillsFormHandlers.ts'

const photoTooLarge = 'This file is larger than 5 MB. Make the picture smaller and choose it again'

export function personRoutes(services: Services): Router {
  const router = Router()
  const people = personHandlers(services)
  const profile = profileHandlers(services)
  const absence = absenceHandlers(services)
  const skills = skillsFormHandlers(services)
  const photo = photoHandlers(services)
  const { section, teams } = sectionHandlers(services)

  router.use('/people', signedIn)
  router.get('/people', people.list)
  router.get('/people/:slug', people.show)
  router.get('/people/:slug/edit', profile.edit)
  for (const { name, form, handlers } of typedSections.map(one => ({ ...one, handlers: section(one) }))) {
    router.get(`/people/:slug/edit/${name}`, handlers.edit)
    router.post(`/people/:slug/edit/${name}`, validated(form, handlers.save, handlers.editAgain))
  }
  router.get('/people/:slug/edit/teams', teams.edit)
  router.post('/people/:slug/edit/teams', validated(teamsForm, teams.save, teams.editAgain))
  router.get('/people/:slug/photo', photo.show)
  router.get('/people/:slug/edit/photo', photo.edit)
  router.post('/people/:slug/edit/photo', uploadedFile(photoField, photoTooLarge), validated(openedForm, photo.change, photo.editAgain))
  router.post('/people/:slug/edit/photo/delete', validated(openedForm, photo.remove, photo.editAgain))
  router.get('/people/:slug/absence', absence.edit)
  router.post('/people/:slug/absence', validated(absenceForm, absence.save, absence.editAgain))
  router.get('/people/:slug/skills', skills.edit)
  router.post('/people/:slug/skills', validated(declaredSkillForm, skills.declare, skills.editAgain))
  router.post('/people/:slug/skills/:skill/delete', skills.drop)
  router.use(reportRoutes(services))
  return router
}
