import type { Request, Response } from 'express'
import type { Services } from '../../services.ts'

const tokenOf = (req: Request) => String(req.params.token)

/** Nobody is signed in here: the address is the right. A look ends nothing, since programs follow the links of mails. */
export const endingHandlers = ({ mailEndings, notifications }: Services) => {
  async function page(req: Request, res: Response, isEnded: boolean) {
    const { which } = await mailEndings.read(tokenOf(req))
    const kind = notifications.kinds.find(({ id }) => id === which)
    const title = isEnded ? 'These mails have ended' : 'End these mails'
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
    res.page('notifications/end', { title, isEnded, what: kind?.title ?? 'The mail of the day', action: `/unsubscribe/${tokenOf(req)}` })
  }

  return {
    show: (req: Request, res: Response) => page(req, res, false),

    async end(req: Request, res: Response) {
      await mailEndings.end(await mailEndings.read(tokenOf(req)), notifications.kinds)
      await page(req, res, true)
    },
  }
}
