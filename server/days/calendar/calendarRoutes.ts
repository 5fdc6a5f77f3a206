import { Router } from 'express'
import { signedIn } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { calendarHandlers } from './calendarHandlers.ts'

export function calendarRoutes(services: Services): Router {
  const router = Router()
  const handlers = calendarHandlers(services)

  router.get('/feeds/:token/days.ics', handlers.all)
  router.get('/feeds/:token/my-days.ics', handlers.own)
  router.get('/days/:slug/day.ics', signedIn, handlers.day)
  router.get('/account/calendar', signedIn, handlers.show)
  router.post('/account/calendar', signedIn, handlers.renew)
  router.post('/account/calendar/delete', signedIn, handlers.end)
  return router
}
