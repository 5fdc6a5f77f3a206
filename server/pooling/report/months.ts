import { monthAndYear } from '../../http/dates.ts'
import { localDate } from '../../people/absence.ts'

/** In the partnership's zone: "2026-05". */
export type Month = string

export const monthOf = (date: Date): Month => localDate(date).slice(0, 7)

export const isMonth = (text: string): boolean => /^[12]\d{3}-(0[1-9]|1[0-2])$/.test(text)

const firstInstant = (month: Month) => new Date(`${month}-01T00:00:00Z`)

/** @param months  less than none for one before it */
export function monthAfter(month: Month, months = 1): Month {
  const first = firstInstant(month)
  first.setUTCMonth(first.getUTCMonth() + months)
  return first.toISOString().slice(0, 7)
}

export interface Period {
  from: Month
  until: Month
}

export function monthsOf({ from, until }: Period): Month[] {
  const months: Month[] = []
  for (let month = from; month <= until; month = monthAfter(month)) months.push(month)
  return months
}

const dayMs = 86_400_000

/** A day wider on either side than the months are in UTC, so that no zone loses an hour. */
export const instantsOf = ({ from, until }: Period) => ({
  since: new Date(firstInstant(from).getTime() - dayMs),
  before: new Date(firstInstant(monthAfter(until)).getTime() + dayMs),
})

export const monthText = (month: Month): string => monthAndYear(firstInstant(month))
