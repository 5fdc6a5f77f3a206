import type { LocalDate } from '../../people/absence.ts'
import type { Loan } from './loanModel.ts'

/** Longer ones are secondments, which need more than this agreement. */
export const longestLoanDays = 184
/** A week of 37 hours, as in local government. */
export const hoursPerDay = 7.4

const dayMs = 86_400_000

/** The first and the last day count. */
export const daysBetween = (from: LocalDate, until: LocalDate): number =>
  Math.round((Date.parse(`${until}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / dayMs) + 1

export const dayAfter = (day: LocalDate, days = 1): LocalDate =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** What was agreed, or what was lent until it ended early. */
export function minutesLent({ amount, unit, lentHours }: Pick<Loan, 'amount' | 'unit' | 'lentHours'>): number {
  return Math.round((lentHours ?? hoursOf(amount, unit)) * 60)
}

export const hoursOf = (amount: number, unit: Loan['unit']): number => (unit === 'days' ? amount * hoursPerDay : amount)

export const amountText = (amount: number, unit: Loan['unit']): string =>
  `${amount.toLocaleString('en-GB')} ${amount === 1 ? unit.slice(0, -1) : unit}`
