import type { Problems } from '../../http/validated.ts'
import type { Organisation } from '../../organisations/organisationModel.ts'
import { type Month, monthAfter } from './months.ts'
import { figuresOfAll } from './poolingFigures.ts'
import type { PoolingReport } from './poolingReport.ts'
import { reportPath, reportQuery } from './reportAddress.ts'
import { presentDemand, presentMonths, presentOrganisations, presentSaved } from './reportSections.ts'
import { countText, hoursOf, medianOf, ninetiethOf, organisationNames, spanText } from './reportWords.ts'

const periods = [3, 12, 24]

interface FormAsked {
  typed: Record<string, unknown>
  now: Month
  organisations: readonly Organisation[]
  errors?: Problems
}

/** What views/pooling/report/report prints above the figures, and all of it when what was asked is refused. */
export function presentReportForm({ typed, now, organisations, errors = {} }: FormAsked) {
  const text = (field: string) => (typeof typed[field] === 'string' ? typed[field] : '')
  const organisation = text('organisation')
  const last = (months: number) => ({ from: monthAfter(now, 1 - months), until: now, organisation: organisation || undefined })
  return {
    title: 'Report on pooling',
    errors,
    typed: { from: text('from'), until: text('until') },
    organisations: [{ value: '', text: 'All organisations' }, ...organisations.map(({ slug, name }) => ({ value: slug, text: name }))].map(
      choice => ({ ...choice, selected: choice.value === organisation }),
    ),
    periods: periods.map(months => ({
      text: `Last ${months} months`,
      href: `${reportPath}${reportQuery(last(months))}`,
      current: text('from') === last(months).from && text('until') === now,
    })),
  }
}

/** Everything that views/pooling/report/report prints. */
export function presentReport(report: PoolingReport, now: Month) {
  const { asked, facts, organisations, chosen } = report
  const nameOf = organisationNames(organisations)
  const csvHref = (table: string) => `${reportPath}/${table}.csv${reportQuery(asked)}`
  return {
    ...presentReportForm({ typed: asked, now, organisations }),
    ...(chosen === undefined ? {} : { place: chosen.name }),
    isEmpty: facts.asked.length + facts.helped.length + facts.lent.length === 0,
    tallies: talliesOf(report),
    sections: [
      presentMonths(report),
      { ...presentOrganisations(report, nameOf), csv: { text: 'By organisation and month, as CSV', href: csvHref('organisations') } },
      { ...presentDemand(report), csv: { text: 'All skills asked for, as CSV', href: csvHref('skills') } },
      { ...presentSaved(report, nameOf), csv: { text: 'All outcomes, as CSV', href: csvHref('outcomes') } },
    ],
  }
}

function talliesOf({ facts, chosen }: PoolingReport) {
  const all = figuresOfAll(facts)
  const waiting = facts.asked.filter(({ request, minutesToAnswer }) => request.state === 'asked' && minutesToAnswer === undefined)
  const theirs = facts.lent.filter(({ lender }) => chosen === undefined || lender.organisationId === chosen._id)
  return [
    { text: 'Requests', count: countText(all.requests) },
    { text: 'Answered', count: `${countText(all.answered)} of ${countText(all.requests)}` },
    { text: 'Waiting for an answer', count: countText(waiting.length) },
    { text: 'Time to the first answer, median', count: spanText(medianOf(all.answerMinutes)) || 'none' },
    { text: 'Nine of ten answered within', count: spanText(ninetiethOf(all.answerMinutes)) || 'none' },
    { text: 'Answers and other help', count: countText(all.helped) },
    { text: 'Hours lent', count: countText(hoursOf(theirs.reduce((sum, { minutes }) => sum + minutes, 0))) },
    { text: 'Solved, of those whose askers say', count: `${countText(all.solved)} of ${countText(all.outcomes)}` },
    { text: 'Hours of help, as askers say', count: countText(all.hoursOfHelp) },
  ]
}
