import { z } from 'zod'
import { optionalLine } from '../http/formFields.ts'
import { isLocalDate } from './absence.ts'

const day = optionalLine(20).refine(text => text === undefined || isLocalDate(text), 'Write the day as 2026-05-03')

/** Both days empty: nobody is away. */
export const absenceForm = z
  .object({
    from: day,
    until: day,
    cover: optionalLine(),
    note: optionalLine(500),
    /** What was opened; two people editing one absence compare it. */
    opened: z.string().max(100).default(''),
  })
  .refine(({ from, until }) => from !== undefined || until === undefined, { path: ['from'], message: 'Enter the first day' })
  .refine(({ from, until }) => until !== undefined || from === undefined, { path: ['until'], message: 'Enter the last day' })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ['until'],
    message: 'The last day must not be before the first',
  })

export type AbsenceForm = z.infer<typeof absenceForm>
