import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { presentArticlePage } from '../articles/articlePage.ts'
import type { UsefulnessForm } from './usefulnessForms.ts'

export const usefulnessHandlers = (services: Services) => {
  const { usefulness, articles } = services

  return {
    async say(req: Request, res: Response, { useful, why }: UsefulnessForm) {
      const said = { isUseful: useful === 'yes', ...(why.trim() === '' ? {} : { why }) }
      const { slug } = await usefulness.say(personOf(req), slugOfRequest(req), said)
      res.say('Thank you. Whoever keeps the article reads it, without your name.')
      res.redirect(303, `/knowledge/${slug}`)
    },

    async again(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const article = await articles.readable(personOf(req), slugOfRequest(req))
      res.page('knowledge/article', { ...(await presentArticlePage(article, personOf(req), services, { typed })), errors })
    },

    async takeBack(req: Request, res: Response) {
      const { slug } = await usefulness.takeBack(personOf(req), slugOfRequest(req))
      res.say('What you said is taken back.')
      res.redirect(303, `/knowledge/${slug}`)
    },
  }
}
