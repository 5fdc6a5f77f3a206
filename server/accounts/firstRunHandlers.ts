import type { Request, Response } from 'express'
import { Forbidden, NotFound } from '../failures.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import type { FirstRunForm } from './accountForms.ts'
import { askPassport, beginSignIn } from './beginSignIn.ts'
import type { TryLimits } from './tryLimits.ts'
import { typedText } from './typed.ts'

const fields = ['token', 'partnershipName', 'organisationName', 'name', 'email']
const title = 'Set up your Skillpool'

export const firstRunHandlers = (services: Services, limits: TryLimits) => {
  const { partnership } = services
  const recognise = askPassport(services)

  return {
    async show(req: Request, res: Response) {
      if (await partnership.exists())
        throw new NotFound('This Skillpool is set up already. Sign in, or ask its administrator for an invitation.')
      const token = req.query.token
      if (typeof token !== 'string') return res.page('accounts/firstRunHint', { title })
      await limits.countLink(req.ip ?? '')
      if (!(await partnership.offered(token)))
        throw new Forbidden('Use the newest address that Skillpool printed at start: this one is not valid.')
      await limits.forgiveLink(req.ip ?? '')
      res.page('accounts/firstRun', { title, typed: { token } })
    },

    async begin(req: Request, res: Response, form: FirstRunForm) {
      await limits.countLink(req.ip ?? '')
      await partnership.begin(form)
      await limits.forgiveLink(req.ip ?? '')
      await beginSignIn(req, await recognise(req, res))
      res.say(`${form.partnershipName} is set up. Invite your colleagues next.`)
      res.redirect(303, '/admin/people')
    },

    async again(_req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const shown = Object.fromEntries(fields.map(field => [field, typedText(typed, field)]))
      res.page('accounts/firstRun', { title, typed: shown, errors })
    },
  }
}
