import { z } from 'zod'
import { optionalLine, paragraphs } from '../../http/formFields.ts'
import { newId } from '../../storage/newId.ts'
import { longestPassage } from './passages.ts'

export const commentForm = z.object({
  /** Made with the form, so that a form sent twice is one comment. */
  id: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .catch(() => newId()),
  passage: optionalLine(longestPassage),
  comment: paragraphs(10_000).refine(text => text.trim() !== '', 'Write a comment'),
})
export type CommentForm = z.infer<typeof commentForm>
