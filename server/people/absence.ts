import { longDate, zone } from '../http/dates.ts'

/** A day in the partnership's zone: "2026-05-03". */
export type LocalDate = string

/** When somebody is away, from the first day to the last, and who is asked meanwhile. */
export interface Absence {
  from: LocalDate
  until: LocalDate
  coverId?: string
  /** The cover's id in the file of people, where the row came before theirs. */
  coverSourceId?: string
  note?: string
}

const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone })

export const localDate = (now: Date): LocalDate => day.format(now)

export const isAway = (absence: Absence | undefined, today: LocalDate): boolean =>
  absence !== undefined && absence.from <= today && today <= absence.until

const dayMs = 86_400_000
const longDays = 28
const soonDays = 30
const later = (date: LocalDate, days: number): LocalDate => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10)

/** Now or soon, for four weeks or more. */
export const isAwayForLong = (absence: Absence | undefined, today: LocalDate): boolean =>
  absence !== undefined &&
  absence.from <= later(today, soonDays) &&
  today <= absence.until &&
  later(absence.from, longDays - 1) <= absence.until

/** "3 May 2026" */
export const dayText = (date: LocalDate): string => longDate(new Date(`${date}T12:00:00Z`))

export function isLocalDate(text: string): boolean {
  const date = /^[12]\d{3}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T12:00:00Z`) : undefined
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
