import type { Request, Response } from 'express'
import { NotFound } from '../../failures.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { presentComparison, presentHistory } from './revisionPresenter.ts'

export const revisionHandlers = (services: Services) => {
  const { history } = services

  return {
    async history(req: Request, res: Response) {
      const found = await history.history(personOf(req), slugOfRequest(req))
      res.page('knowledge/history', await presentHistory(found, personOf(req), services))
    },

    async compare(req: Request, res: Response) {
      const to = req.query.to === 'waiting' ? 'waiting' : numberIn(req.query.to)
      const compared = await history.compared(personOf(req), slugOfRequest(req), { from: numberIn(req.query.from), to })
      res.page('knowledge/comparison', await presentComparison(compared, personOf(req), services))
    },

    async restore(req: Request, res: Response) {
      const number = numberIn(req.params.revision)
      if (number === undefined) throw new NotFound('There is no such revision. The history of the article lists those there are.')
      const article = await history.restore(personOf(req), slugOfRequest(req), number)
      const waits = article.approval === undefined ? '' : ' It waits for approval.'
      res.say(`Revision ${number} is brought back, as a new revision.${waits}`)
      res.redirect(303, `/knowledge/${article.slug}`)
    },
  }
}

const numberIn = (asked: unknown): number | undefined => (typeof asked === 'string' && /^\d{1,7}$/.test(asked) ? Number(asked) : undefined)
