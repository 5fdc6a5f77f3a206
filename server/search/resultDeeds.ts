import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { longDate } from '../http/dates.ts'
import { addressOf } from './question/questionAddress.ts'
import type { Question } from './question/understanding.ts'
import { mostTableRows } from './resultsTable.ts'
import { type Answer, pageSize } from './searchService.ts'

interface Asked {
  answer: Answer
  question: Question
  reader: SignedInPerson
  /** "https://skillpool.example" */
  site: string
  now: Date
}

/** What can be done with the results as a whole, and what stands above them on paper. */
export function presentDeeds({ answer, question, reader, site, now }: Asked) {
  const [group] = answer.groups
  const isTable = question.type !== undefined && group !== undefined && group.total > 0 && !answer.isPlain
  const query = addressOf(question, { page: 1 }).slice('/search'.length)
  return {
    ...(answer.understanding.isEmpty ? {} : { save: { href: `/saved-searches/new${query}`, text: 'Save this search' } }),
    ...(isTable && may(reader, { verb: 'download results' }) ? { csv: csvLink(query, group.total) } : {}),
    onPaper: { site, text: paperText({ answer, question, site, now }) },
  }
}

function csvLink(query: string, total: number) {
  return { href: `/search.csv${query}`, text: total > mostTableRows ? `As CSV (first ${mostTableRows.toLocaleString('en-GB')})` : 'As CSV' }
}

/** "Search: vmware, skill: VMware. Results 21 to 40 of 45, 26 November 2026, https://…" */
function paperText({ answer, question, site, now }: Omit<Asked, 'reader'>): string {
  const asked = [question.q, ...answer.understanding.chips.map(({ label }) => label)].filter(text => text !== '').join(', ')
  const total = answer.groups[0]?.total ?? 0
  const first = (question.page - 1) * pageSize
  const shown = answer.groups[0]?.found.length ?? 0
  const range =
    question.type === undefined || total <= pageSize ? '' : ` Results ${first + 1} to ${first + shown} of ${total.toLocaleString('en-GB')}.`
  return `Search: ${asked}.${range} ${longDate(now)}, ${site}${addressOf(question)}`
}
