import { z } from 'zod'
import { optionalLine } from '../../http/formFields.ts'
import { isMonth, type Month, monthAfter, monthsOf } from './months.ts'

export const usualMonths = 12
export const mostMonths = 36

const month = optionalLine(20).refine(text => text === undefined || isMonth(text), 'Enter the month as 2026-05')

/** The months and the organisation that a report is about; left out, the last twelve months of all. */
export const reportForm = (now: Month) =>
  z
    .object({ from: month, until: month, organisation: optionalLine() })
    .transform(({ from, until = now, organisation }) => ({ from: from ?? monthAfter(until, 1 - usualMonths), until, organisation }))
    .refine(({ from }) => from <= now, { path: ['from'], message: 'The first month is still to come' })
    .refine(({ from, until }) => from <= until, { path: ['until'], message: 'The last month must not be before the first' })
    .refine(({ from, until }) => from > until || monthsOf({ from, until }).length <= mostMonths, {
      path: ['until'],
      message: `Choose ${mostMonths} months or fewer`,
    })
export type ReportAsked = z.infer<ReturnType<typeof reportForm>>
