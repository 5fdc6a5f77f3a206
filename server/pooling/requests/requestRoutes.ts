import { Router } from 'express'
import { signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { answerForm } from '../answers/answerForms.ts'
import { answerHandlers } from '../answers/answerHandlers.ts'
import { inviteForm } from '../matching/matchingForms.ts'
import { matchingHandlers } from '../matching/matchingHandlers.ts'
import { outcomeForm } from '../outcomes/outcomeForms.ts'
import { outcomeHandlers } from '../outcomes/outcomeHandlers.ts'
import { requestForm } from './requestForms.ts'
import { requestHandlers } from './requestHandlers.ts'
import { stepHandlers } from './stepHandlers.ts'

export function requestRoutes(services: Services): Router {
  const router = Router()
  const handlers = requestHandlers(services)
  const steps = stepHandlers(services)
  const answers = answerHandlers(services)
  const matching = matchingHandlers(services)
  const outcomes = outcomeHandlers(services)

  router.use('/requests', signedIn)
  router.get('/requests', handlers.list)
  router.get('/requests/new', handlers.startNew)
  router.post('/requests/new', handlers.lookFirst)
  router.post('/requests/new/may-help', handlers.helpFirst)
  router.post('/requests', validated(requestForm, handlers.create, handlers.newAgain))
  router.get('/requests/:slug', handlers.show)
  router.get('/requests/:slug/edit', handlers.edit)
  router.post('/requests/:slug/edit', handlers.lookAgain)
  router.post('/requests/:slug/edit/may-help', handlers.helpAgain)
  router.post('/requests/:slug', validated(requestForm, handlers.save, handlers.editAgain))
  router.post('/requests/:slug/start', steps.start)
  router.post('/requests/:slug/step-back', steps.stepBack)
  router.post('/requests/:slug/withdraw', steps.withdraw)
  router.post('/requests/:slug/ask-again', steps.askAgain)
  router.post('/requests/:slug/answers', validated(answerForm, answers.answer, answers.again))
  router.post('/requests/:slug/answers/:id/accept', answers.accept)
  router.post('/requests/:slug/answers/:id/delete', answers.remove)
  router.post('/requests/:slug/invite', validated(inviteForm, matching.invite, matching.inviteAgain))
  router.post('/requests/:slug/ask-for-me', matching.askForMe)
  router.post('/requests/:slug/accept', matching.accept)
  router.post('/requests/:slug/decline', matching.decline)
  router.post('/requests/:slug/finish', outcomes.finish)
  router.post('/requests/:slug/outcome', validated(outcomeForm, outcomes.say, matching.inviteAgain))
  router.post('/requests/:slug/evidence', outcomes.agree)
  router.post('/requests/:slug/evidence/take-off', outcomes.takeOff)
  return router
}
