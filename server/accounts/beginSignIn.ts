import type { Request, Response } from 'express'
import type { Services } from '../services.ts'
import type { SignedIn } from './accountService.ts'
import { createPassport } from './passport.ts'

/** Signs this browser in, under a new id. */
export const beginSignIn = (req: Request, signedIn: SignedIn): Promise<void> =>
  new Promise((resolve, reject) => req.logIn(signedIn, error => (error ? reject(error) : resolve())))

/** Who the form says it is, by passport's local strategy. @throws Invalid */
export function askPassport(services: Pick<Services, 'accounts'>) {
  const passport = createPassport(services)
  return (req: Request, res: Response): Promise<SignedIn> =>
    new Promise((resolve, reject) => {
      const done = (error: unknown, signedIn?: SignedIn | false) => (signedIn ? resolve(signedIn) : reject(error))
      passport.authenticate('local', done)(req, res, reject)
    })
}
