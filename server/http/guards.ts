import type { RequestHandler } from 'express'
import type { SignedInPerson } from '../access/accessTokens.ts'
import { type Deed, may } from '../access/may.ts'
import { Forbidden } from '../failures.ts'

/** Visitors are sent to sign in, and back afterwards. */
export const signedIn: RequestHandler = (req, res, next) => {
  if (req.person !== undefined) return next()
  const back = req.method === 'GET' ? `?back=${encodeURIComponent(req.originalUrl)}` : ''
  res.redirect(`/sign-in${back}`)
}

/** Only for people who may do this at all; whether they may do it to a certain record is asked by the service. */
export const mayDo =
  (deed: Deed): RequestHandler =>
  (req, _res, next) => {
    if (!may(personOf(req), deed)) throw new Forbidden('Your role does not allow this. Ask your administrator if you need it.')
    next()
  }

/** The signed-in person of a route behind `signedIn`. */
export function personOf(req: Express.Request): SignedInPerson {
  if (req.person === undefined) throw new Forbidden('Sign in first.')
  return req.person
}

/** The `:slug` of the route. */
export const slugOfRequest = (req: { params: Record<string, unknown> }): string => String(req.params.slug)
