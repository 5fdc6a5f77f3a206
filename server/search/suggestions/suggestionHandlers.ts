import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { plainWords } from '../../storage/titleWords.ts'

const longestTyped = 100
const mostOfAKind = 3

export const suggestionHandlers = ({ suggestionSources }: Services) => ({
  /** `{"suggestions": [{"value": …, "hint": …, "href": …}]}`: at most three of each kind. */
  async suggest(req: Request, res: Response) {
    const typed = typeof req.query.q === 'string' ? req.query.q.slice(0, longestTyped) : ''
    const words = plainWords(typed)
    const person = personOf(req)
    const found =
      words.length === 0 ? [] : await Promise.all(suggestionSources.map(source => source({ typed, words }, person, mostOfAKind)))
    res.set('Cache-Control', 'private, no-cache').json({ suggestions: found.flat() })
  },
})
