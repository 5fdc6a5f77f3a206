import { z } from 'zod'
import { RowRefused } from '../../imports/importer.ts'
import { type Absence, isLocalDate, localDate } from '../absence.ts'

const dayMs = 86_400_000
const day = z.union([z.string(), z.strictObject({ daysAgo: z.number().int() })])

/**
 * "2026-04-20 to 2026-05-03, covered by the id of a person", or `{ from, until, cover, note }`, the days as such or as `{ daysAgo }`, which may be negative.
 */
export const givenAbsence = z
  .preprocess(
    fromCell,
    z.strictObject(
      { from: day, until: day, cover: z.string().optional(), note: z.string().max(500).optional() },
      'must be such as 2026-04-20 to 2026-05-03',
    ),
  )
  .optional()

export type GivenAbsence = NonNullable<z.infer<typeof givenAbsence>>

function fromCell(given: unknown): unknown {
  if (typeof given !== 'string') return given
  const [, from, until, cover] = /^(\S+) to ([^\s,]+)(?:, covered by (\S+))?$/.exec(given.trim()) ?? []
  return from === undefined ? given : { from, until, ...(cover === undefined ? {} : { cover }) }
}

/** @throws RowRefused */
export function absenceOf({ from, until, cover, note }: GivenAbsence, now: Date): Absence {
  const days = { from: dayOf(from, now), until: dayOf(until, now) }
  if (days.until < days.from) throw new RowRefused('absence ends before it begins')
  return { ...days, ...(cover === undefined ? {} : { coverSourceId: cover }), ...(note === undefined ? {} : { note }) }
}

function dayOf(given: z.infer<typeof day>, now: Date): string {
  const text = typeof given === 'string' ? given : localDate(new Date(now.getTime() - given.daysAgo * dayMs))
  if (!isLocalDate(text)) throw new RowRefused(`absence has the day "${text}": write it as 2026-05-03`)
  return text
}
