import { querySpelling } from '../question/queryWords.ts'

export const mostQueries = 10
const longestQuery = 200

export const spellingOfQuery = (query: string): string => querySpelling([query])

export const linesOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map(line => line.replace(/\s+/g, ' ').trim())
    .filter(line => line !== '')

/** One on each line; of those with the same words the first. */
export function queriesIn(typed: string): string[] {
  const bySpelling = new Map<string, string>()
  for (const line of linesOf(typed)) if (!bySpelling.has(spellingOfQuery(line))) bySpelling.set(spellingOfQuery(line), line)
  return [...bySpelling.values()]
}

/** What is wrong with the queries of a pin, in words for who typed them; undefined when nothing is. */
export function problemOfQueries(queries: readonly string[]): string | undefined {
  if (queries.length === 0) return 'Enter at least one query, as somebody would type it'
  if (queries.length > mostQueries) return `Use ${mostQueries} queries or fewer: these are ${queries.length}`
  const long = queries.find(query => query.length > longestQuery)
  if (long !== undefined) return `“${long.slice(0, 40)}…” has more than ${longestQuery} characters. Is there a line break missing?`
  const empty = queries.find(query => spellingOfQuery(query) === '')
  return empty && `“${empty}” has no letter or digit, so nobody could search for it`
}
