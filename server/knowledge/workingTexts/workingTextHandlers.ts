import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Services } from '../../services.ts'

export const workingTextHandlers = ({ articles, workingTexts }: Services) => {
  const typedIn = (req: Request) => (req.body ?? {}) as Record<string, unknown>

  return {
    async keepNew(req: Request, res: Response) {
      await workingTexts.keep(personOf(req), undefined, typedIn(req))
      res.status(204).end()
    },

    async keep(req: Request, res: Response) {
      const article = await articles.editable(personOf(req), slugOfRequest(req))
      await workingTexts.keep(personOf(req), article, typedIn(req))
      res.status(204).end()
    },

    async discardNew(req: Request, res: Response) {
      await workingTexts.discard(personOf(req), undefined)
      res.say('What you had typed is discarded.')
      res.redirect(303, '/knowledge/new')
    },

    async discard(req: Request, res: Response) {
      const article = await articles.editable(personOf(req), slugOfRequest(req))
      await workingTexts.discard(personOf(req), article)
      res.say('What you had typed is discarded. The article is as it was saved last.')
      res.redirect(303, `/knowledge/${article.slug}/edit`)
    },
  }
}
