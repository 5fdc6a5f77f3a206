import { z } from 'zod'
import { paragraphs } from '../../http/formFields.ts'

export const contestForm = z.object({
  words: paragraphs(500)
    .transform(text => text.trim())
    .refine(text => text !== '', 'Say why, so that your colleague understands it'),
})
export type ContestForm = z.infer<typeof contestForm>
