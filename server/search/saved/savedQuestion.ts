import { parse } from 'node:querystring'
import { addressOf, questionOf } from '../question/questionAddress.ts'
import type { Question } from '../question/understanding.ts'
import type { SearchService } from '../searchService.ts'

const longestQuery = 4_000

/** The question of a saved search, as an address would ask it. */
export const savedQuestion = (query: string, search: SearchService): Question => ({ ...questionOf(parse(query), search).question, page: 1 })

export const asksSomething = ({ q, filters, from, before }: Question): boolean =>
  q.trim() !== '' || Object.keys(filters).length > 0 || from !== undefined || before !== undefined

/** What is kept of a question; undefined when it is too long to be kept. */
export function queryOf(question: Question): string | undefined {
  const query = addressOf(question, { page: 1 }).split('?')[1] ?? ''
  return query.length > longestQuery ? undefined : query
}
