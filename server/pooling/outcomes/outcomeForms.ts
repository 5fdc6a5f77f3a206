import { z } from 'zod'
import { optionalLine, paragraphs } from '../../http/formFields.ts'

export const outcomeForm = z.object({
  solved: z.enum(['yes', 'no'], 'Choose yes or no'),
  hours: optionalLine(10)
    .refine(text => text === undefined || /^\d{1,4}(\.\d)?$/.test(text), 'Enter the hours as a number, such as 2 or 2.5')
    .transform(text => (text === undefined ? undefined : Number(text))),
  saved: optionalLine(200),
  thanks: paragraphs(1_000),
})
export type OutcomeForm = z.infer<typeof outcomeForm>
