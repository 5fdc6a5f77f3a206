import { pageNumber } from '../../http/pages.ts'
import { type Level, levels } from '../levels.ts'

/** Which skills are shown. */
export const shows = ['single', 'nobody', 'demand', 'away'] as const
export type Shows = (typeof shows)[number]

export interface CoverageQuestion {
  group: string
  /** The slug of the organisation. */
  organisation: string
  atLeast?: Level
  show?: Shows
  page: number
}

/** Reads it from an address; what makes no sense is left out. */
export function coverageQuestion(query: Readonly<Record<string, unknown>>): CoverageQuestion {
  const atLeast = levels.find(level => level === query.level)
  const show = shows.find(kind => kind === query.show)
  return {
    group: text(query.group),
    organisation: text(query.organisation),
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(show === undefined ? {} : { show }),
    page: pageNumber(query.page),
  }
}

/** The part of an address after the question mark, with the mark, when there is one. */
export function coverageQuery(question: CoverageQuestion, change: { show?: Shows | undefined; page?: number } = {}): string {
  const { group, organisation, atLeast, show, page } = { ...question, page: 1, ...change }
  const fields = { group, organisation, level: atLeast ?? '', show: show ?? '', page: page > 1 ? String(page) : '' }
  const address = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== '')).toString()
  return address === '' ? '' : `?${address}`
}

const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '')
