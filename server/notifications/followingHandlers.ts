import type { Request, Response } from 'express'
import { localPath } from '../accounts/localPath.ts'
import { Conflict } from '../failures.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { presentFollowing } from './followingPresenter.ts'

const kindOfRequest = (req: Request) => String(req.params.kind)

/** To where the button stood: the page of what is followed, unless the form names another of this site. */
const backFrom = (req: Request, href: string) => {
  const back: unknown = req.body?.back
  return typeof back === 'string' && back !== '' ? localPath(back) : href
}

export const followingHandlers = ({ following }: Services) => ({
  async list(req: Request, res: Response) {
    const { subjects } = await following.all(personOf(req))
    res.page('notifications/following', presentFollowing(subjects, following.kinds))
  },

  async follow(req: Request, res: Response) {
    const subject = await following.subject(personOf(req), kindOfRequest(req), slugOfRequest(req))
    try {
      await following.follow(personOf(req), kindOfRequest(req), subject)
      res.say(`You follow ${subject.name}. You are told what is new of it.`)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      res.say(error.message, 'attention')
    }
    res.redirect(303, backFrom(req, subject.href))
  },

  async stop(req: Request, res: Response) {
    const subject = await following.subject(personOf(req), kindOfRequest(req), slugOfRequest(req))
    await following.stop(personOf(req), kindOfRequest(req), subject)
    res.say(`You do not follow ${subject.name} any more.`)
    res.redirect(303, backFrom(req, subject.href))
  },
})
