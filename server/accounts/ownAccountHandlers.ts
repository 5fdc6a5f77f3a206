import type { Request, Response } from 'express'
import { longDate } from '../http/dates.ts'
import { personOf } from '../http/guards.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import type { PasswordForm } from './accountForms.ts'
import { beginSignIn } from './beginSignIn.ts'
import type { TryLimits } from './tryLimits.ts'

export const ownAccountHandlers = ({ accounts, feedAddresses }: Services, limits: TryLimits) => {
  async function page(req: Request, res: Response, errors: Problems = {}) {
    const { id, name, slug, roles } = personOf(req)
    const [email, feeds] = await Promise.all([accounts.emailOf(id), feedAddresses.secretOf(personOf(req))])
    const feedsSince = feeds === undefined ? undefined : longDate(feeds.madeAt)
    res.page('accounts/account', { title: 'Your account', name, slug, roles, email, feedsSince, errors })
  }

  return {
    show: (req: Request, res: Response) => page(req, res),

    async changePassword(req: Request, res: Response, { current, password }: PasswordForm) {
      const { id } = personOf(req)
      const email = await accounts.emailOf(id)
      await limits.countPassword(email)
      const signedIn = await accounts.changePassword(id, current, password)
      await limits.forgivePassword(email)
      await beginSignIn(req, signedIn)
      res.say('Your password is changed. All your other sign-ins have ended.')
      res.redirect(303, '/account')
    },

    again: (req: Request, res: Response, _typed: Record<string, unknown>, errors: Problems) => page(req, res, errors),
  }
}
