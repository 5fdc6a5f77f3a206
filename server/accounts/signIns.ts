import { type NextFunction, type Request, type RequestHandler, Router } from 'express'
import session from 'express-session'
import type { Logger } from 'pino'
import type { Services } from '../services.ts'
import { createPassport } from './passport.ts'
import { signInCookie } from './signInCookie.ts'
import { createSignInStore } from './signInStore.ts'

declare module 'express-session' {
  interface SessionData {
    /** For the next page that this browser opens; see res.say. */
    notice?: { text: string; kind: 'success' | 'attention' }
  }
}

/** Loads who asks into `req.person`. Visitors get no cookie and cause no look-up. */
export function signIns(services: Services): RequestHandler {
  const { secure } = signInCookie(services.config)
  let made: Promise<RequestHandler> | undefined
  return (req, res, next) => {
    if (req.path.startsWith('/health/')) return next()
    if (secure) claimSecure(req)
    made ??= signInLoader(services)
    made.then(
      load => load(req, res, once(next, services.log, req)),
      error => {
        made = undefined
        next(error)
      },
    )
  }
}

/**
 * What keeps sign-ins tells of its failures by another `next`, after the answer: that would lead the request through the app a second time, past its
 * end, where Express closes the connection under whoever uses it by then.
 */
function once(next: NextFunction, log: Logger, { id: requestId }: Request): NextFunction {
  let passed = false
  return (error?: unknown) => {
    if (passed) return void (error !== undefined && log.warn({ err: error, requestId }, 'a sign-in was not kept after an answer'))
    passed = true
    next(error)
  }
}

async function signInLoader(services: Services): Promise<RequestHandler> {
  const secret = await services.partnership.signInSecret()
  const passport = createPassport(services)
  const { name, secure } = signInCookie(services.config)
  const router = Router()
  router.use(
    session({
      name,
      secret,
      store: createSignInStore(services),
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
    }),
  )
  router.use(passport.session())
  router.use((req, _res, next) => {
    if (req.user?.person !== undefined) req.person = req.user.person
    next()
  })
  return router
}

/** PUBLIC_URL says that people come by https; a proxy that does not repeat it in a header must not make signing in impossible. */
const claimSecure = (req: Request) => Object.defineProperty(req, 'secure', { value: true })
