import type { RequestHandler } from 'express'
import type { Config } from '../config.ts'
import { Forbidden } from '../failures.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Whoever has the address may end the mails that it came with: programs that show mails send this form, and no sign-in counts for it (RFC 8058). */
const fromMails = /^\/unsubscribe\//

/**
 * Refuses changes that another site's page sent: Sec-Fetch-Site where the browser gives it, else Origin; a request with neither comes from no
 * browser that keeps SameSite cookies, and is refused too.
 */
export function sameOrigin({ PUBLIC_URL }: Config): RequestHandler {
  return (req, _res, next) => {
    if (safe.has(req.method) || fromMails.test(req.path)) return next()
    const site = req.get('Sec-Fetch-Site')
    const ours = PUBLIC_URL === undefined ? `${req.protocol}://${req.get('Host')}` : new URL(PUBLIC_URL).origin
    const origin = req.get('Origin')
    if (site !== undefined ? site === 'same-origin' : origin === ours) return next()
    throw new Forbidden('This form was sent from another site or an old page. Open the page again here and send it once more.')
  }
}
