import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import { parseForm } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { openingForm } from './queryForms.ts'
import { presentQueries } from './queryPresenter.ts'

export const queryHandlers = ({ queryLog, queryReports, search }: Services) => ({
  async report(req: Request, res: Response) {
    res.page('search/queries', await presentQueries(req.query.period, personOf(req), { queryReports, search }))
  },

  async opened(req: Request, res: Response) {
    const { words, ...opening } = parseForm(openingForm, req.body)
    queryLog.noteOpened(personOf(req).id, words, opening)
    res.status(204).end()
  },
})
