import type { RequestHandler } from 'express'
import type { KnownSettings } from './knownSettings.ts'

/** Every answer shows the partnership as it is now. Where it cannot be read, what was known serves: the request will meet the failure itself. */
export function freshSettings(known: KnownSettings): RequestHandler {
  return (req, _res, next) => {
    if (req.path.startsWith('/health/')) return next()
    const go = () => next()
    known.refresh().then(go, go)
  }
}
