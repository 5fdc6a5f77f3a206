import { type RequestHandler, urlencoded } from 'express'

const usualBytes = 512 * 1024
/** Far more than a text may be, so that one that is too long is told so beside its field, and stays in it. */
const longTextBytes = 12 * 1024 * 1024
const withLongTexts = /^\/knowledge(\/|$)/

/** Reads forms; those with long texts only of who is signed in. */
export function formBodies(): RequestHandler {
  const read = (limit: number) => urlencoded({ extended: false, limit, parameterLimit: 500 })
  const [usual, long] = [read(usualBytes), read(longTextBytes)]
  return (req, res, next) => (req.person !== undefined && withLongTexts.test(req.path) ? long : usual)(req, res, next)
}
