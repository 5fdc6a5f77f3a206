import { z } from 'zod'
import { paragraphs } from '../../http/formFields.ts'

export const usefulnessForm = z.object({
  useful: z.enum(['yes', 'no'], 'Choose yes or no'),
  why: paragraphs(1_000),
})
export type UsefulnessForm = z.infer<typeof usefulnessForm>
