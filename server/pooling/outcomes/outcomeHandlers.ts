import type { Request, Response } from 'express'
import type { SignedInPerson } from '../../access/accessTokens.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import type { OutcomeForm } from './outcomeForms.ts'

export const outcomeHandlers = ({ outcomes, requests, requestSteps }: Services) => {
  const deed =
    (done: (person: SignedInPerson, slug: string) => Promise<{ slug: string }>, says: string) => async (req: Request, res: Response) => {
      const { slug } = await done(personOf(req), slugOfRequest(req))
      res.say(says)
      res.redirect(303, `/requests/${slug}`)
    }

  return {
    async say(req: Request, res: Response, { solved, hours, saved, thanks }: OutcomeForm) {
      const said = {
        isSolved: solved === 'yes',
        ...(hours === undefined ? {} : { hours }),
        ...(saved === undefined ? {} : { saved }),
        ...(thanks.trim() === '' ? {} : { thanks }),
      }
      const { slug } = await outcomes.say(personOf(req), slugOfRequest(req), said)
      res.say('Thank you for saying so. Whoever helped is told.')
      res.redirect(303, `/requests/${slug}`)
    },

    finish: deed(
      async (person, slug) => requestSteps.take('finish', await requests.readable(person, slug), { person }),
      'The request is done. Say below what came of it, and thank whoever helped.',
    ),
    agree: deed((person, slug) => outcomes.agree(person, slug), 'This request speaks for your skills now.'),
    takeOff: deed((person, slug) => outcomes.takeOff(person, slug), 'This request does not speak for you any more.'),
  }
}
