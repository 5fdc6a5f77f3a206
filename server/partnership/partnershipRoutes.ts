import { Router } from 'express'
import { NotFound } from '../failures.ts'
import type { Services } from '../services.ts'
import { logoHandlers } from './identity/logoHandlers.ts'
import { securityTxt } from './securityTxt.ts'
import { settingsRoutes } from './settings/settingsRoutes.ts'
import { textNames } from './texts/publicTexts.ts'
import { textHandlers } from './texts/textHandlers.ts'

export function partnershipRoutes(services: Services): Router {
  const router = Router()
  const { settings, clock, config } = services
  const texts = textHandlers(services)

  for (const name of textNames) router.get(`/${name}`, texts.show(name))
  router.get('/logo/:version', logoHandlers(services).show)
  router.get('/.well-known/security.txt', async (_req, res) => {
    const { contact } = await settings.find('security')
    if (contact === undefined) throw new NotFound('This site has no contact for reports about security yet. Its service desk takes them.')
    res.set('Cache-Control', 'private, no-cache').type('text/plain')
    res.send(securityTxt({ contact, now: clock.now(), publicUrl: config.PUBLIC_URL }))
  })
  router.use(settingsRoutes(services))
  return router
}
