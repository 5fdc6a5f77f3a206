import { localDate } from '../../people/absence.ts'
import { warningOf } from '../../skills/coverage/coveragePresenter.ts'
import { csvLine } from '../../tables/csvLine.ts'
import { figuresBy } from './poolingFigures.ts'
import type { PoolingReport } from './poolingReport.ts'
import { hoursOf, medianOf, ninetiethOf, organisationNames } from './reportWords.ts'

type Cells = readonly (string | number)[]

const tableOf = (head: Cells, lines: readonly Cells[]): string => `\ufeff${[head, ...lines].map(csvLine).join('')}`
const hoursTo = (minutes: number | undefined) => (minutes === undefined ? '' : hoursOf(minutes))

/** A line for each organisation and month in which something counts. */
export function organisationsTable({ facts, organisations }: PoolingReport): string {
  const nameOf = organisationNames(organisations)
  const figures = figuresBy(facts, ({ month, organisationId }) => `${month} ${nameOf(organisationId)}`)
  const lines = [...figures]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, of]) => {
      const times = [hoursTo(medianOf(of.answerMinutes)), hoursTo(ninetiethOf(of.answerMinutes))]
      const hours = [hoursOf(of.lentMinutes), hoursOf(of.borrowedMinutes)]
      return [
        key.slice(0, 7),
        key.slice(8),
        of.requests,
        of.answered,
        of.helped,
        ...times,
        ...hours,
        of.outcomes,
        of.solved,
        of.hoursOfHelp,
      ]
    })
  const head = ['Month', 'Organisation', 'Requests', 'Answered', 'Answers and other help', 'Hours to the first answer: median']
  const further = ['Hours to the first answer: 90th percentile', 'Hours lent', 'Hours borrowed', 'Outcomes', 'Solved', 'Hours of help']
  return tableOf([...head, ...further], lines)
}

export function skillsTable({ demand }: PoolingReport): string {
  return tableOf(
    ['Skill', 'Group', 'Requests', 'Without an answer', 'People who have it', 'Highest level', 'Cover'],
    demand.map(({ skill, requests, unmet, cover }) => [
      ...[skill.name, skill.group, requests, unmet, cover.people],
      ...[cover.highest ?? '', warningOf(cover)],
    ]),
  )
}

export function outcomesTable({ facts, organisations }: PoolingReport, site: string): string {
  const nameOf = organisationNames(organisations)
  return tableOf(
    ['Request', 'Organisation', 'Asked', 'Solved', 'Hours', 'Saved', 'Address'],
    facts.asked.flatMap(({ request: { title, organisationId, createdAt, outcome, slug } }) =>
      outcome === undefined
        ? []
        : [
            [
              ...[title, nameOf(organisationId), localDate(createdAt), outcome.isSolved ? 'yes' : 'no'],
              ...[outcome.hours ?? '', outcome.saved ?? '', `${site}/requests/${slug}`],
            ],
          ],
    ),
  )
}
