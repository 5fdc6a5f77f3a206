import { z } from 'zod'
import { paragraphs } from '../../http/formFields.ts'

const number = z.coerce.number().int().min(0)

export const minutesForm = z.object({
  text: paragraphs(100_000).refine(text => text.trim() !== '', 'Write the minutes, or draw them again from the records'),
  /** Of the version that was opened; 0 for what was drawn. */
  number: number.default(0),
  /** "approve" approves what is saved. */
  ending: z.string().max(20).default(''),
})

export const approvalForm = z.object({ number })

export type MinutesForm = z.infer<typeof minutesForm>
export type ApprovalForm = z.infer<typeof approvalForm>
