import { Router } from 'express'
import { uploadedFile } from '../../files/uploadedFile.ts'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { logoForm, logoHandlers } from '../identity/logoHandlers.ts'
import { logoField } from '../identity/logos.ts'
import { defaultTextForm, textForm } from '../texts/textForms.ts'
import { textHandlers } from '../texts/textHandlers.ts'
import { helpForm, identityForm, requestsForm, securityForm } from './settingsForms.ts'
import { settingsHandlers } from './settingsHandlers.ts'
import { settingSections } from './settingsSections.ts'

const logoTooLarge = 'This file is larger than 1 MB. Make the picture smaller and choose it again'
const forms = { partnership: identityForm, help: helpForm, security: securityForm, requests: requestsForm }

export function settingsRoutes(services: Services): Router {
  const router = Router()
  const handlers = settingsHandlers(services)
  const texts = textHandlers(services)
  const logo = logoHandlers(services)
  const logoAgain = handlers.saveAgain({ id: 'logo' })

  router.use('/admin/settings', signedIn, mayDo({ verb: 'keep settings' }))
  router.get('/admin/settings', handlers.show)
  for (const section of settingSections)
    router.post(`/admin/settings/${section.id}`, validated(forms[section.id], handlers.save(section), handlers.saveAgain(section)))
  router.post('/admin/settings/logo', uploadedFile(logoField, logoTooLarge, 1), validated(logoForm, logo.change, logoAgain))
  router.post('/admin/settings/logo/delete', validated(logoForm, logo.remove, logoAgain))
  router.get('/admin/settings/texts/:text', texts.edit)
  router.post('/admin/settings/texts/:text', validated(textForm, texts.save, texts.editAgain))
  router.post('/admin/settings/texts/:text/default', validated(defaultTextForm, texts.restoreDefault, texts.editAgain))
  return router
}
