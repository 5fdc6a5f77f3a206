import { z } from 'zod'
import { paragraphs } from '../../http/formFields.ts'
import { linesOf, queriesIn } from './pinQueries.ts'

export const pinForm = z.object({
  queries: paragraphs(5_000).transform(queriesIn),
  pages: paragraphs(5_000).transform(linesOf),
  unseen: z.literal('off').optional().catch(undefined),
  revision: z.coerce.number().int().min(0).catch(0),
})
