import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'
import { localPath } from '../accounts/localPath.ts'
import { Failure, Invalid, NotFound, TooMuch, Unavailable } from '../failures.ts'
import { routeOf } from '../monitoring/routeOf.ts'
import { asUnavailable } from '../storage/storageFailures.ts'

const titles: Record<number, string> = {
  400: 'The address or form could not be read',
  403: 'You cannot do this',
  404: 'Page not found',
  409: 'Somebody else changed this',
  413: 'That is too large',
  422: 'Something in the form needs another look',
  429: 'Too many tries',
  500: 'Something went wrong here',
  503: 'Skillpool cannot answer just now',
}

export const showNotFound: RequestHandler = () => {
  throw new NotFound('There is no such page, or you may not see it. Check the address.')
}

/** The one place where what was thrown becomes a page. */
export function showFailures(log: Logger): ErrorRequestHandler {
  const told = new WeakSet<object>()
  return (thrown: unknown, req, res, _next) => {
    // Somebody was told already, by the watch over the database for example; the work that went on for them has failed since.
    if (res.writableEnded || told.has(res)) return
    const about = { err: thrown, requestId: req.id, route: routeOf(req, 500) }
    if (res.headersSent) {
      log.error(about, 'a request failed in the middle of its answer')
      return void res.destroy()
    }
    const error = asUnavailable(thrown) ?? thrown
    const { status, message } = explained(error)
    if (status === 500) log.error(about, 'a request failed')
    if (status === 503) log.warn(about, 'a request was not served')
    const waits = error instanceof Unavailable || error instanceof TooMuch ? error.retryAfterSeconds : undefined
    if (waits !== undefined) res.set('Retry-After', String(waits))
    told.add(res)
    res.status(status).set('Cache-Control', 'no-store')
    const title = titles[status] ?? 'Something went wrong'
    try {
      res.page('errors/failure', {
        title,
        status,
        message,
        requestId: req.id,
        again: req.method === 'GET' ? localPath(req.originalUrl) : undefined,
      })
    } catch (error) {
      log.error({ ...about, err: error }, 'not even the page of a failure could be shown')
      res.type('text').send(`${title}. ${message} ${req.id}`)
    }
  }
}

function explained(error: unknown): { status: number; message: string } {
  if (error instanceof Invalid) return { status: 422, message: `${error.message}.` }
  if (error instanceof Failure) return { status: (error as unknown as { status: number }).status, message: error.message }
  const status = statusOf(error)
  if (status === 413)
    return {
      status,
      message:
        'What you sent is larger than this site takes, so nothing was saved. Go back in your browser, where what you typed should still be, and send less at a time.',
    }
  if (status >= 400 && status < 500)
    return { status: 400, message: 'What your browser sent could not be read, so nothing was changed. Go back and try again.' }
  return { status: 500, message: 'It is not your fault, and it is in the log. Try again in a moment.' }
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500
  return Number.isInteger(status) ? status : 500
}
