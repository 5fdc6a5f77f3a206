import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import type { RequestStep } from './requestStates.ts'
import type { Following } from './requestSteps.ts'

/** Steps that are one click. */
export const stepHandlers = ({ requests, requestSteps, requestWriting }: Services) => {
  const step =
    (taken: RequestStep, says: string, following: () => Following = () => ({})) =>
    async (req: Request, res: Response) => {
      const request = await requests.readable(personOf(req), slugOfRequest(req))
      await requestSteps.take(taken, request, { person: personOf(req) }, following())
      res.say(says)
      res.redirect(303, `/requests/${request.slug}`)
    }

  return {
    start: step('start', 'The request is under way.'),
    stepBack: step('step back', 'The request looks for somebody else. Thank you for saying so.', () => ({ unset: ['helperId'] })),
    withdraw: step('withdraw', 'The request is withdrawn. Nobody is asked any more.'),
    askAgain: step('ask again', 'The request is open again.', () => requestWriting.anew()),
  }
}
