import type { Reader } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import { pinsPage } from '../pins/pinPresenter.ts'
import type { SearchType } from '../searchType.ts'
import { namedDays } from './queryForgetting.ts'
import type { Counted, Failed, OpenedAt } from './queryReports.ts'
import { fewestPeople } from './sharedQueries.ts'

const queriesPage = '/admin/queries'

const periods = [
  { value: '30-days', text: 'Last 30 days', days: 30 },
  { value: '12-months', text: 'Last 12 months', days: 365 },
] as const

const positions = [
  { text: 'Pinned', from: 0, to: 0 },
  ...Array.from({ length: 10 }, (_, place) => ({ text: String(place + 1), from: place + 1, to: place + 1 })),
  { text: '11 to 20', from: 11, to: 20 },
  { text: 'Further down', from: 21, to: Number.POSITIVE_INFINITY },
]

const number = (count: number) => count.toLocaleString('en-GB')
const percent = (part: number, whole: number) => (whole === 0 ? '0 %' : `${Math.round((part / whole) * 100)} %`)

export async function presentQueries(asked: unknown, reader: Reader, { queryReports, search }: Pick<Services, 'queryReports' | 'search'>) {
  const period = periods.find(({ value }) => value === asked) ?? periods[0]
  const { searches, withoutResult, corrected, unshown, top, failed, opened } = await queryReports.ofLast(reader, period.days)
  return {
    title: 'What is searched for',
    fewestPeople,
    namedDays,
    periods: periods.map(({ value, text }) => ({ text, href: `${queriesPage}?period=${value}`, current: value === period.value })),
    searches,
    tallies: [
      { text: 'Searches', count: number(searches) },
      { text: 'Found nothing', count: `${number(withoutResult)} (${percent(withoutResult, searches)})` },
      { text: 'Found only by other words', count: `${number(corrected)} (${percent(corrected, searches)})` },
      { text: 'Results opened', count: number(opened.reduce((sum, { times }) => sum + times, 0)) },
      { text: `Asked by fewer than ${fewestPeople} people, not shown`, count: number(unshown) },
    ],
    top: presentQueryChart('Most searched for', 'Searches', top),
    failed: presentQueryChart('Found nothing as typed', 'Searches without a result', failed, { text: 'Shown instead', of: shownInstead }),
    opened: presentOpened(opened, search.types),
  }
}

/** What else a table says of a query. */
interface Besides<C> {
  text: string
  of(counted: C): string
}

function shownInstead({ times, corrected, instead = 'other words' }: Failed): string {
  if (corrected === 0) return ''
  return corrected === times ? instead : `${instead}, ${number(corrected)} of ${number(times)} times`
}

function presentQueryChart<C extends Counted>(title: string, measure: string, counted: readonly C[], besides?: Besides<C>) {
  const bars = counted.map(({ words, times }) => ({ text: words, count: times, href: `/search?${new URLSearchParams({ q: words })}` }))
  const pin = ({ words }: Counted) => `<a href="${pinsPage}?${new URLSearchParams({ queries: words })}">Pin a page</a>`
  return {
    title,
    chart: { caption: `${title}: ${measure.toLowerCase()} by query`, bars },
    table: {
      caption: `${measure} by query`,
      head: [
        { text: 'Query' },
        { text: measure, format: 'numeric' },
        ...(besides ? [{ text: besides.text }] : []),
        { html: '<span class="govuk-visually-hidden">Deed</span>' },
      ],
      rows: counted.map(query => [
        { text: query.words },
        { text: number(query.times), format: 'numeric' },
        ...(besides ? [{ text: besides.of(query) }] : []),
        { html: pin(query) },
      ]),
    },
  }
}

function presentOpened(opened: readonly OpenedAt[], types: readonly SearchType[]) {
  const rows = positions.map(({ text, from, to }) => {
    const here = opened.filter(({ position }) => position >= from && position <= to)
    const ofType = (type: SearchType) => sum(here.filter(one => one.type === type.type))
    return { text, count: sum(here), counts: types.map(ofType) }
  })
  const numeric = (text: string) => ({ text, format: 'numeric' })
  return {
    title: 'Opened, by position',
    chart: { caption: 'Results opened by their position in the list', bars: opened.length === 0 ? [] : rows },
    table: {
      caption: 'Results opened by position',
      head: [{ text: 'Position' }, numeric('All'), ...types.map(({ plural }) => numeric(capitalised(plural)))],
      rows: rows.map(({ text, count, counts }) => [{ text }, ...[count, ...counts].map(times => numeric(number(times)))]),
    },
  }
}

const sum = (opened: readonly OpenedAt[]) => opened.reduce((total, { times }) => total + times, 0)
const capitalised = (text: string) => text.replace(/^./, first => first.toUpperCase())
