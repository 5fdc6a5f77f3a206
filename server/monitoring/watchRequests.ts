import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { inLogContext } from './logContext.ts'
import type { Metrics } from './metrics.ts'
import { requestIdOf } from './requestId.ts'
import { methodOf, routeOf } from './routeOf.ts'

/** Those that watch ask every few seconds: while they are answered, that is no news. */
const asksAllTheTime = /^\/(health\/|metrics$)/

/** Gives each request its id, and says one line and counts one when it is over. */
export function watchRequests({ log, metrics }: { log: Logger; metrics: Metrics }): RequestHandler {
  return (req, res, next) => {
    const began = performance.now()
    req.id = requestIdOf(req.get('X-Request-Id'))
    res.set('X-Request-Id', req.id)
    metrics.requestBegan()
    res.once('close', () => tell(req, res, performance.now() - began))
    inLogContext(ofRequest(req), next)
  }

  function tell(req: Request, res: Response, durationMs: number): void {
    const status = res.statusCode
    const [method, route] = [methodOf(req), routeOf(req, status)]
    const outcome = res.writableFinished ? `${Math.floor(status / 100)}xx` : 'aborted'
    metrics.requestEnded({ method, route, outcome, seconds: durationMs / 1_000 })
    const line = { ...ofRequest(req), method, route, status, durationMs: Math.round(durationMs), ...aborted(res) }
    log[asksAllTheTime.test(route) && status < 400 ? 'debug' : 'info'](line, 'request')
  }
}

/** Who asks is known later than the request, so it is looked up for each line. */
const ofRequest = (req: Request) => ({
  requestId: req.id,
  get personId() {
    return req.person?.id
  },
})

/** The browser went away before the answer was sent. */
const aborted = (res: Response) => (res.writableFinished ? {} : { aborted: true })
