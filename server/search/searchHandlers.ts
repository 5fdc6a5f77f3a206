import type { Request, Response } from 'express'
import { personOf } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { addressOf, questionOf } from './questionAddress.ts'
import { presentSearch } from './searchPresenter.ts'

export const searchHandlers = ({ search, feedAddresses }: Services) => ({
  async search(req: Request, res: Response) {
    const reader = personOf(req)
    const { question, hints } = questionOf(req.query, search)
    const answer = await search.search(reader, question)
    const hasFeed = !answer.understanding.isEmpty && question.type !== 'person'
    const feedHref = hasFeed ? await feedAddresses.addressOf(reader, addressOf(question, { page: 1 })) : undefined
    res.page('search/results', { ...(await presentSearch({ answer, question, hints, reader, search })), hasFeed, feedHref })
  },
})
