import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { presentRequestPage } from '../requests/requestPage.ts'
import type { AnswerForm } from './answerForms.ts'

const idOf = (req: Request) => String(req.params.id)

export const answerHandlers = (services: Services) => {
  const { answers, requests } = services

  return {
    async answer(req: Request, res: Response, { id, answer }: AnswerForm) {
      const { slug } = await answers.answer(personOf(req), slugOfRequest(req), { id, text: answer })
      res.redirect(303, `/requests/${slug}#answer-${id}`)
    },

    async again(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const request = await requests.readable(personOf(req), slugOfRequest(req))
      res.page('pooling/requests/request', { ...(await presentRequestPage(request, personOf(req), services, typed)), errors })
    },

    async accept(req: Request, res: Response) {
      const { slug } = await answers.accept(personOf(req), slugOfRequest(req), idOf(req))
      res.say('The answer is accepted, and the request is done. A later answer can take its place.')
      res.redirect(303, `/requests/${slug}#answer-${idOf(req)}`)
    },

    async remove(req: Request, res: Response) {
      const { slug } = await answers.remove(personOf(req), slugOfRequest(req), idOf(req))
      res.say('The answer is deleted.')
      res.redirect(303, `/requests/${slug}#answers`)
    },
  }
}
