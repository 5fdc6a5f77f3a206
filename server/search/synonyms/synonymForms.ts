import { z } from 'zod'
import { paragraphs } from '../../http/formFields.ts'
import { wordingsIn } from './wordings.ts'

export const synonymForm = z.object({
  wordings: paragraphs(5_000).transform(wordingsIn),
  revision: z.coerce.number().int().min(0).catch(0),
})
