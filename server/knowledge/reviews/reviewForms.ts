import { z } from 'zod'
import { optionalLine, paragraphs } from '../../http/formFields.ts'

export const reviewForm = z.object({
  reason: paragraphs(1_000).transform(reason => reason.trim()),
  by: optionalLine(500),
  revision: z.coerce.number().int().min(0).optional(),
})

export type ReviewForm = z.infer<typeof reviewForm>
