import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { presentRequestPage } from '../requests/requestPage.ts'
import type { InviteForm } from './matchingForms.ts'

export const matchingHandlers = (services: Services) => {
  const { requests, requestInvitations } = services

  const back = (res: Response, slug: string, says: string) => {
    res.say(says)
    res.redirect(303, `/requests/${slug}`)
  }

  return {
    async invite(req: Request, res: Response, { people }: InviteForm) {
      const { slug } = await requestInvitations.invite(personOf(req), slugOfRequest(req), people)
      back(res, slug, 'They are invited, and told at once. You see here what they say.')
    },

    async inviteAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const request = await requests.readable(personOf(req), slugOfRequest(req))
      res.page('pooling/requests/request', { ...(await presentRequestPage(request, personOf(req), services, typed)), errors })
    },

    async askForMe(req: Request, res: Response) {
      const { slug } = await requestInvitations.askForMe(personOf(req), slugOfRequest(req))
      back(res, slug, 'The best three are invited, and the next when one of them declines or says nothing for 48 hours.')
    },

    async accept(req: Request, res: Response) {
      const { slug } = await requestInvitations.accept(personOf(req), slugOfRequest(req))
      back(res, slug, 'Thank you. Whoever asked is told that you help.')
    },

    async decline(req: Request, res: Response) {
      const { slug } = await requestInvitations.decline(personOf(req), slugOfRequest(req))
      back(res, slug, 'You are not waited for. Nobody asks why.')
    },
  }
}
