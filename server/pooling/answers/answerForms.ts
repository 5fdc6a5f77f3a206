import { z } from 'zod'
import { paragraphs } from '../../http/formFields.ts'
import { newId } from '../../storage/newId.ts'

export const answerForm = z.object({
  /** Made with the form, so that a form sent twice is one answer. */
  id: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .catch(() => newId()),
  answer: paragraphs(20_000).refine(text => text.trim() !== '', 'Write an answer'),
})
export type AnswerForm = z.infer<typeof answerForm>
