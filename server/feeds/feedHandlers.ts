import type { Request, Response } from 'express'
import type { SignedInPerson } from '../access/accessTokens.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import { siteAddress } from '../http/siteAddress.ts'
import { questionOf } from '../search/question/questionAddress.ts'
import type { Services } from '../services.ts'
import { atomDocument } from './atom.ts'
import { type FeedContent, feedContents } from './feedContents.ts'
import { presentFeed } from './feedPresenter.ts'

export const feedHandlers = (services: Services) => {
  const { feedAddresses, search, config } = services
  const contents = feedContents(services)

  /** Whose address it is decides what is in it, whoever else is signed in in the same browser. */
  const feed = (contentFor: (reader: SignedInPerson, req: Request) => Promise<FeedContent>) => async (req: Request, res: Response) => {
    const reader = await feedAddresses.reader(String(req.params.token))
    const content = await contentFor(reader, req)
    const site = siteAddress(config, req)
    const shown = await presentFeed(content, { site, address: req.originalUrl, reader }, services)
    res.set({ 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex', 'Last-Modified': shown.updated.toUTCString() })
    res.type('application/atom+xml').send(atomDocument(shown))
  }

  return {
    search: feed((reader, req) => contents.ofSearch(reader, questionOf(req.query, search).question)),
    skill: feed((reader, req) => contents.ofSkill(reader, slugOfRequest(req))),
    organisation: feed((reader, req) => contents.ofOrganisation(reader, slugOfRequest(req))),

    async renew(req: Request, res: Response) {
      await feedAddresses.renew(personOf(req))
      res.say('You have new feed addresses. Older ones do not work any more.')
      res.redirect(303, '/account#feeds')
    },

    async revoke(req: Request, res: Response) {
      await feedAddresses.revoke(personOf(req))
      res.say('Your feed addresses do not work any more.')
      res.redirect(303, '/account#feeds')
    },
  }
}
