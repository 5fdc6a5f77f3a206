import type { Organisation } from '../../organisations/organisationModel.ts'
import { percentile } from './poolingFigures.ts'

/** Of people who left or are not shown, and of organisations that are not there any more. */
export const elsewhere = 'Left, or not shown to you'

export const organisationNames = (organisations: readonly Organisation[]) => {
  const names = new Map(organisations.map(({ _id, name }) => [_id, name]))
  return (id: string | undefined): string => names.get(id ?? '') ?? elsewhere
}

export const countText = (count: number): string => count.toLocaleString('en-GB')

/** To two places, as in the ledger. */
export const hoursOf = (minutes: number): number => Math.round((minutes / 60) * 100) / 100

const hourMinutes = 60
const dayMinutes = 24 * hourMinutes

/** "40 minutes", "3 hours", "2.5 days"; empty for none. */
export function spanText(minutes: number | undefined): string {
  if (minutes === undefined) return ''
  const [size, unit] =
    minutes < 1.5 * hourMinutes ? [1, 'minute'] : minutes < 2 * dayMinutes ? [hourMinutes, 'hour'] : ([dayMinutes, 'day'] as const)
  const number = Number((minutes / size).toFixed(size === dayMinutes ? 1 : 0))
  return `${countText(number)} ${number === 1 ? unit : `${unit}s`}`
}

export const medianOf = (answerMinutes: readonly number[]) => percentile(answerMinutes, 0.5)
export const ninetiethOf = (answerMinutes: readonly number[]) => percentile(answerMinutes, 0.9)
