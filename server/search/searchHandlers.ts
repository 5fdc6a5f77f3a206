import type { Request, Response } from 'express'
import { personOf } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { questionOf } from './questionAddress.ts'
import { presentSearch } from './searchPresenter.ts'

export const searchHandlers = ({ search }: Services) => ({
  async search(req: Request, res: Response) {
    const reader = personOf(req)
    const { question, hints } = questionOf(req.query, search)
    const answer = await search.search(reader, question)
    res.page('search/results', await presentSearch({ answer, question, hints, reader, search }))
  },
})
