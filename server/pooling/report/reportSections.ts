import { content } from '../../http/markup.ts'
import { warningOf } from '../../skills/coverage/coveragePresenter.ts'
import { monthText } from './months.ts'
import { type Figures, figuresBy, noFigures } from './poolingFigures.ts'
import type { PoolingReport } from './poolingReport.ts'
import { countText, hoursOf, medianOf, ninetiethOf, spanText } from './reportWords.ts'

const mostSkills = 25
const mostSaved = 25

type NameOf = (organisationId: string | undefined) => string

const numeric = (text: string) => ({ text, format: 'numeric' })
const linked = (href: string, text: string) => ({ html: `<a href="${href}">${content({ text })}</a>` })
const head = (first: string, ...others: readonly string[]) => [{ text: first }, ...others.map(numeric)]

const timesOf = ({ answerMinutes }: Figures) => [spanText(medianOf(answerMinutes)), spanText(ninetiethOf(answerMinutes))]

interface Bar {
  text: string
  href?: string
  count: number
}

interface Chart {
  heading: string
  caption: string
  bars: readonly Bar[]
}

const chart = (heading: string, caption: string, bars: readonly Bar[]): Chart => ({
  heading,
  caption,
  bars: bars.filter(({ count }) => count > 0),
})

/** Months without anything stand between the others. */
const monthsChart = (heading: string, caption: string, bars: readonly Bar[]): Chart => ({
  heading,
  caption,
  bars: bars.some(({ count }) => count > 0) ? bars : [],
})

/** Of all, or of the organisation that is chosen. */
export function presentMonths({ facts, months, chosen }: PoolingReport) {
  const byMonth = figuresBy({ ...facts, lent: lentBy(facts.lent, chosen?._id) }, ({ month }) => month)
  const rows = months.map(month => ({ text: monthText(month), figures: byMonth.get(month) ?? noFigures() }))
  const bars = (of: (figures: Figures) => number) => rows.map(({ text, figures }) => ({ text, count: of(figures) }))
  return {
    title: 'By month',
    lead: 'A request counts in the month in which it was first asked, an answer or an agreement to help in its own.',
    charts: [
      monthsChart(
        'Requests',
        'Requests by month',
        bars(({ requests }) => requests),
      ),
      monthsChart(
        'Answers and other help',
        'Answers and other help by month',
        bars(({ helped }) => helped),
      ),
    ],
    table: {
      caption: 'Pooling by month',
      head: head('Month', 'Requests', 'Answered', 'Answers and help', 'Median', '90th percentile', 'Hours lent'),
      rows: rows.map(({ text, figures }) => [
        { text },
        ...[figures.requests, figures.answered, figures.helped].map(count => numeric(countText(count))),
        ...timesOf(figures).map(numeric),
        numeric(countText(hoursOf(figures.lentMinutes))),
      ]),
    },
  }
}

export function presentOrganisations({ facts }: PoolingReport, nameOf: NameOf) {
  const rows = [...figuresBy(facts, ({ organisationId }) => nameOf(organisationId))]
    .map(([text, figures]) => ({ text, figures }))
    .sort((a, b) => b.figures.requests - a.figures.requests || a.text.localeCompare(b.text))
  const bars = (of: (figures: Figures) => number) =>
    rows.map(({ text, figures }) => ({ text, count: of(figures) })).sort((a, b) => b.count - a.count)
  return {
    title: 'By organisation',
    lead: 'What an organisation asked, how its people helped, and the hours of the loans that concern you, from the ledger.',
    charts: [
      chart(
        'Requests',
        'Requests by organisation',
        bars(({ requests }) => requests),
      ),
      chart(
        'Answers and other help',
        'Answers and other help by organisation',
        bars(({ helped }) => helped),
      ),
      chart(
        'Hours lent',
        'Hours lent by organisation',
        bars(({ lentMinutes }) => hoursOf(lentMinutes)),
      ),
    ],
    table: {
      caption: 'Pooling by organisation',
      head: head('Organisation', 'Requests', 'Answered', 'Answers and help', 'Median', '90th percentile', 'Hours lent', 'Hours borrowed'),
      rows: rows.map(({ text, figures }) => [
        { text },
        ...[figures.requests, figures.answered, figures.helped].map(count => numeric(countText(count))),
        ...timesOf(figures).map(numeric),
        ...[figures.lentMinutes, figures.borrowedMinutes].map(minutes => numeric(countText(hoursOf(minutes)))),
      ]),
    },
  }
}

export function presentDemand({ demand }: PoolingReport) {
  const shown = demand.slice(0, mostSkills)
  return {
    title: 'Skills asked for, and who has them',
    lead: 'Those that stay without an answer most come first. Who has a skill is counted in the whole partnership.',
    link: { text: 'Coverage map', href: '/skills/coverage' },
    charts: [
      chart(
        'Requests without an answer',
        'Requests without an answer by skill',
        shown.map(({ skill, unmet }) => ({ text: skill.name, href: `/skills/${skill.slug}`, count: unmet })),
      ),
    ],
    none: 'No request of these months names a skill.',
    more: demand.length > shown.length ? `The first ${mostSkills} of ${countText(demand.length)}. All of them are in the CSV file.` : '',
    table: {
      caption: 'Skills asked for and held',
      head: [...head('Skill', 'Requests', 'Without an answer', 'People who have it'), { text: 'Highest level' }, { text: 'Cover' }],
      rows: shown.map(({ skill, requests, unmet, cover }) => [
        linked(`/skills/${skill.slug}`, skill.name),
        ...[requests, unmet, cover.people].map(count => numeric(countText(count))),
        { text: cover.highest ?? '' },
        { text: warningOf(cover) },
      ]),
    },
  }
}

export function presentSaved({ facts }: PoolingReport, nameOf: NameOf) {
  const told = facts.asked.flatMap(({ request }) => (request.outcome === undefined ? [] : [{ ...request, outcome: request.outcome }]))
  const shown = told.slice(0, mostSaved)
  return {
    title: 'What it saved',
    lead: 'What those who asked said came of it, the newest first.',
    charts: [] as Chart[],
    none: 'Nobody has said yet what came of a request of these months.',
    more: told.length > shown.length ? `The newest ${mostSaved} of ${countText(told.length)}. All of them are in the CSV file.` : '',
    table: {
      caption: 'Outcomes of requests',
      head: [{ text: 'Request' }, { text: 'Organisation' }, { text: 'Solved' }, numeric('Hours'), { text: 'Saved' }],
      rows: shown.map(({ title, slug, organisationId, outcome: { isSolved, hours, saved = '' } }) => [
        linked(`/requests/${slug}`, title),
        { text: nameOf(organisationId) },
        { text: isSolved ? 'yes' : 'no' },
        numeric(hours === undefined ? '' : countText(hours)),
        { text: saved },
      ]),
    },
  }
}

/** Each loan once: what was lent by all, or by the one that is looked at. */
const lentBy = (lent: PoolingReport['facts']['lent'], organisationId: string | undefined) =>
  organisationId === undefined ? lent : lent.filter(({ lender }) => lender.organisationId === organisationId)
