import type { Request, Response } from 'express'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import type { LinkForm } from './accountForms.ts'
import type { OpenedLink } from './accountService.ts'
import { beginSignIn } from './beginSignIn.ts'
import type { TryLimits } from './tryLimits.ts'

const tokenOf = (req: Request) => String(req.params.token)
const titles = { invitation: 'Welcome to Skillpool', reset: 'Choose a new password' } as const

/** The addresses that administrators pass on: an invitation, or a new password. */
export const linkHandlers = ({ accounts, partnership }: Services, limits: TryLimits) => {
  const showLink = (req: Request, res: Response, link: OpenedLink, errors: Problems = {}) =>
    res.page('accounts/link', {
      title: titles[link.purpose],
      link,
      partnership: partnership.nameNow(),
      action: `/links/${tokenOf(req)}`,
      errors,
    })

  async function open(req: Request): Promise<OpenedLink> {
    await limits.countLink(req.ip ?? '')
    const link = await accounts.openLink(tokenOf(req))
    await limits.forgiveLink(req.ip ?? '')
    return link
  }

  return {
    async show(req: Request, res: Response) {
      showLink(req, res, await open(req))
    },

    async choose(req: Request, res: Response, { password }: LinkForm) {
      await open(req)
      await beginSignIn(req, await accounts.acceptLink(tokenOf(req), password))
      res.say('Your password is kept. You are signed in.')
      res.redirect(303, '/')
    },

    async again(req: Request, res: Response, _typed: Record<string, unknown>, errors: Problems) {
      showLink(req, res, await open(req), errors)
    },
  }
}
