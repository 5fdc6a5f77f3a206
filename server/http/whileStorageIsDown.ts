import type { ErrorRequestHandler, RequestHandler } from 'express'
import { Unavailable } from '../failures.ts'
import type { StorageWatch } from '../storage/storageWatch.ts'

const isGone = () => new Unavailable('The database is not answering, so nothing was saved. Try again in a minute.', 5)

/** Answers 503 at once while the database is down, also to those who were waiting for it when it went. */
export function whileStorageIsDown(watch: StorageWatch, fail: ErrorRequestHandler): RequestHandler {
  return (req, res, next) => {
    if (req.path.startsWith('/health/')) return next()
    if (watch.isDown) throw isGone()
    const forget = watch.whenDown(() => {
      // An answer that is on its way already needs the database no more.
      if (!res.headersSent) void fail(isGone(), req, res, next)
    })
    res.once('close', forget)
    next()
  }
}
