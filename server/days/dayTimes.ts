import { instantAt } from '../http/zonedTime.ts'
import { dayText } from '../people/absence.ts'
import type { Day, LocalTime } from './dayModel.ts'

type Problems = Record<string, string>
export type Times = Pick<Day, 'date' | 'start' | 'end' | 'startsAt' | 'endsAt'>

/** "10:00 to 15:30" */
export const timesText = ({ start, end }: { start: LocalTime; end: LocalTime }): string => `${start} to ${end}`

const notThere = (time: LocalTime, date: string) => `${time} does not come on ${dayText(date)}: the clocks go forward from 01:00 to 02:00`

/**
 * The instants of a day's times, which are those of the partnership's clocks.
 * @returns undefined after saying in `problems` what is wrong, by its field
 */
export function timesOf({ date, start, end }: Pick<Day, 'date' | 'start' | 'end'>, problems: Problems): Times | undefined {
  const [startsAt, endsAt] = [instantAt(date, start), instantAt(date, end)]
  if (startsAt === undefined) problems.start ??= notThere(start, date)
  if (endsAt === undefined) problems.end ??= notThere(end, date)
  if (startsAt === undefined || endsAt === undefined) return undefined
  if (end <= start) {
    problems.end ??= 'The end must be after the beginning'
    return undefined
  }
  return { date, start, end, startsAt, endsAt }
}
