import { Router } from 'express'
import { z } from 'zod'
import { mayDo, signedIn } from '../http/guards.ts'
import { validated } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { sessionForm } from './agenda/sessionForms.ts'
import { sessionHandlers } from './agenda/sessionHandlers.ts'
import { calendarRoutes } from './calendar/calendarRoutes.ts'
import { dayForm } from './dayForms.ts'
import { dayHandlers } from './dayHandlers.ts'
import { minutesRoutes } from './minutes/minutesRoutes.ts'
import { captureForm } from './outputs/captureForm.ts'
import { actionForm, ballotForm, decisionForm, openVoteForm, priorityForm } from './outputs/outputForms.ts'
import { outputHandlers } from './outputs/outputHandlers.ts'
import { registrationForm } from './registrations/registrationForms.ts'
import { registrationHandlers } from './registrations/registrationHandlers.ts'

const nothing = z.object({})

export function dayRoutes(services: Services): Router {
  const router = Router()
  const days = dayHandlers(services)
  const sessions = sessionHandlers(services)
  const registrations = registrationHandlers(services)
  const outputs = outputHandlers(services)
  const planning = mayDo({ verb: 'run day' })

  router.use(calendarRoutes(services))
  router.use('/days', signedIn)
  router.use(minutesRoutes(services))
  router.get('/days', days.list)
  router.get('/days/new', planning, days.startNew)
  router.post('/days', planning, validated(dayForm, days.create, days.newAgain))
  router.get('/days/:slug', days.show)
  router.get('/days/:slug/edit', days.edit)
  router.post('/days/:slug', validated(dayForm, days.save, days.editAgain))
  router.post('/days/:slug/delete', days.remove)
  router.post('/days/:slug/register', validated(registrationForm, registrations.register, registrations.again))
  router.post('/days/:slug/decline', registrations.decline)
  router.get('/days/:slug/attendance', registrations.attendance)
  router.get('/days/:slug/sessions/new', sessions.startNew)
  router.post('/days/:slug/sessions', validated(sessionForm, sessions.add, sessions.newAgain))
  router.get('/days/:slug/sessions/:session/edit', sessions.edit)
  router.post('/days/:slug/sessions/:session', validated(sessionForm, sessions.save, sessions.editAgain))
  router.post('/days/:slug/sessions/:session/delete', sessions.remove)
  router.post('/days/:slug/priorities', validated(priorityForm, outputs.priority, outputs.again))
  router.post('/days/:slug/decisions', validated(decisionForm, outputs.decision, outputs.again))
  router.post('/days/:slug/actions', validated(actionForm, outputs.action, outputs.again))
  router.post('/days/:slug/capture', validated(captureForm, outputs.capture, outputs.again))
  router.post('/days/:slug/vote/open', validated(openVoteForm, outputs.openVote, outputs.again))
  router.post('/days/:slug/vote/close', validated(nothing, outputs.closeVote, outputs.again))
  router.post('/days/:slug/vote', validated(ballotForm, outputs.vote, outputs.again))
  router.get('/programme', signedIn, outputs.programme)
  router.post('/days/:slug/:step', days.take)
  return router
}
