import type { Request, Response } from 'express'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import type { SignInForm } from './accountForms.ts'
import { askPassport, beginSignIn } from './beginSignIn.ts'
import { localPath } from './localPath.ts'
import type { TryLimits } from './tryLimits.ts'
import { typedText } from './typed.ts'

/** What programs that preview links may know: the same for every address. */
const preview = 'A private site for the ICT people of a partnership. Sign in to read it.'

export const signInHandlers = (services: Services, limits: TryLimits) => {
  const recognise = askPassport(services)

  return {
    show(req: Request, res: Response) {
      const back = localPath(req.query.back)
      if (req.person !== undefined) return res.redirect(303, back)
      res.page('accounts/signIn', { title: 'Sign in', preview, email: '', back, signedOut: req.query['signed-out'] !== undefined })
    },

    async signIn(req: Request, res: Response, { email, back }: SignInForm) {
      const address = req.ip ?? ''
      await limits.countSignIn(email, address)
      const signedIn = await recognise(req, res)
      await limits.forgiveSignIn(email, address)
      await beginSignIn(req, signedIn)
      res.redirect(303, localPath(back))
    },

    signInAgain(_req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('accounts/signIn', {
        title: 'Sign in',
        preview,
        email: typedText(typed, 'email'),
        back: localPath(typed.back),
        signedOut: false,
        errors,
      })
    },

    async signOut(req: Request, res: Response) {
      await new Promise<void>((resolve, reject) => req.session.destroy(error => (error ? reject(error) : resolve())))
      res.clearCookie(services.config.PUBLIC_URL?.startsWith('https:') ? '__Host-skillpool' : 'skillpool')
      res.redirect(303, '/sign-in?signed-out')
    },
  }
}
