import { Router } from 'express'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { defaultTextForm, textForm } from '../texts/textForms.ts'
import { textHandlers } from '../texts/textHandlers.ts'
import { helpForm, identityForm, securityForm } from './settingsForms.ts'
import { settingsHandlers } from './settingsHandlers.ts'
import { settingSections } from './settingsSections.ts'

const forms = { partnership: identityForm, help: helpForm, security: securityForm }

export function settingsRoutes(services: Services): Router {
  const router = Router()
  const handlers = settingsHandlers(services)
  const texts = textHandlers(services)

  router.use('/admin/settings', signedIn, mayDo({ verb: 'keep settings' }))
  router.get('/admin/settings', handlers.show)
  for (const section of settingSections)
    router.post(`/admin/settings/${section.id}`, validated(forms[section.id], handlers.save(section), handlers.saveAgain(section)))
  router.get('/admin/settings/texts/:text', texts.edit)
  router.post('/admin/settings/texts/:text', validated(textForm, texts.save, texts.editAgain))
  router.post('/admin/settings/texts/:text/default', validated(defaultTextForm, texts.restoreDefault, texts.editAgain))
  return router
}
