import { Router } from 'express'
import { signedIn } from '../http/guards.ts'
import { validated } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { choicesForm } from './choices/choiceForms.ts'
import { choiceHandlers } from './choices/choiceHandlers.ts'
import { followingRoutes } from './followingRoutes.ts'
import { endingHandlers } from './mails/endingHandlers.ts'
import { notificationHandlers } from './notificationHandlers.ts'

export function notificationRoutes(services: Services): Router {
  const router = Router()
  const handlers = notificationHandlers(services)
  const choices = choiceHandlers(services)
  const ending = endingHandlers(services)

  router.use(['/notifications', '/account/notifications'], signedIn)
  router.get('/notifications', handlers.list)
  router.post('/notifications/read', handlers.seeAll)
  router.post('/notifications/:id/open', handlers.open)
  router.get('/account/notifications', choices.show)
  router.post('/account/notifications', validated(choicesForm(services.notifications.kinds), choices.choose, choices.showAgain))
  router.get('/unsubscribe/:token', ending.show)
  router.post('/unsubscribe/:token', ending.end)
  router.use(followingRoutes(services))
  return router
}
