import { Router } from 'express'
import { signedIn } from '../http/guards.ts'
import { validated } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { firstRunForm, linkForm, passwordForm, signInForm } from './accountForms.ts'
import { firstRunHandlers } from './firstRunHandlers.ts'
import { linkHandlers } from './linkHandlers.ts'
import { ownAccountHandlers } from './ownAccountHandlers.ts'
import { signInHandlers } from './signInHandlers.ts'
import { TryLimits } from './tryLimits.ts'

export function accountRoutes(services: Services): Router {
  const router = Router()
  const limits = new TryLimits(services.models, services.log)
  const signIn = signInHandlers(services, limits)
  const firstRun = firstRunHandlers(services, limits)
  const link = linkHandlers(services, limits)
  const own = ownAccountHandlers(services, limits)

  router.get('/sign-in', signIn.show)
  router.post('/sign-in', validated(signInForm, signIn.signIn, signIn.signInAgain))
  router.post('/sign-out', signIn.signOut)
  router.get('/first-run', firstRun.show)
  router.post('/first-run', validated(firstRunForm, firstRun.begin, firstRun.again))
  router.get('/links/:token', link.show)
  router.post('/links/:token', validated(linkForm, link.choose, link.again))
  router.get('/account', signedIn, own.show)
  router.post('/account/password', signedIn, validated(passwordForm, own.changePassword, own.again))
  return router
}
