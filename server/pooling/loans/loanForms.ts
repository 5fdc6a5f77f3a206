import { z } from 'zod'
import { line, optionalLine, paragraphs } from '../../http/formFields.ts'
import { isLocalDate } from '../../people/absence.ts'
import { units } from './loanModel.ts'
import { costRules } from './loanTermsModel.ts'

const day = (missing: string) => line(missing, 20).refine(isLocalDate, 'Write the day as 2026-05-03')
const filled = (text: string | undefined) => (text === undefined || text.trim() === '' ? undefined : text.trim())
const given = (longest: number) => paragraphs(longest).transform(filled)

/** "3", "2.5", "2,5". */
const quantity = (missing: string, least: number, most: number) =>
  z
    .string({ error: missing })
    .transform(text => text.trim().replace(',', '.'))
    .refine(text => text !== '', missing)
    .refine(text => /^\d{1,6}(\.\d{1,2})?$/.test(text), 'Enter a number, such as 3 or 2.5')
    .transform(Number)
    .refine(
      number => number >= least && number <= most,
      `Enter a number from ${least.toLocaleString('en-GB')} to ${most.toLocaleString('en-GB')}`,
    )

export const loanForm = z
  .object({
    person: line('Enter who is to be lent'),
    /** A slug. */
    borrower: line('Choose the organisation that borrows'),
    purpose: paragraphs(2_000)
      .transform(text => text.trim())
      .refine(text => text !== '', 'Say what it is for'),
    amount: quantity('Enter how many hours or days', 0.25, 5_000),
    unit: z.enum(units, 'Choose hours or days'),
    from: day('Enter the first day'),
    until: day('Enter the last day'),
    cost: z.enum(costRules, 'Choose what it costs'),
    costDetail: optionalLine(300),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'The last day must not be before the first' })
  .refine(({ cost, costDetail }) => cost === 'free' || costDetail !== undefined, {
    path: ['costDetail'],
    message: 'Enter the rate, or what is given in exchange',
  })
export type LoanForm = z.infer<typeof loanForm>

const revision = z.coerce.number().int().min(0).default(0)

/** What is asked with a step; each asks for some of it. */
export const stepForm = z.object({
  revision,
  lineManager: optionalLine(),
  comment: given(1_000),
  reason: given(1_000),
})
export type StepForm = z.infer<typeof stepForm>

export const endForm = z.object({ revision, reason: given(1_000), hours: quantity('Enter the hours that were worked', 0, 5_000) })
export const extendForm = z.object({
  revision,
  until: day('Enter the new last day'),
  amount: quantity('Enter how many more, or 0', 0, 5_000),
})
export const correctionForm = z.object({
  hours: quantity('Enter the hours that were lent', 0, 5_000),
  reason: paragraphs(1_000)
    .transform(text => text.trim())
    .refine(text => text !== '', 'Say why, so that both organisations understand it'),
})
export type EndForm = z.infer<typeof endForm>
export type ExtendForm = z.infer<typeof extendForm>
export type CorrectionForm = z.infer<typeof correctionForm>
