import { z } from 'zod'
import { optionalLine } from '../../http/formFields.ts'

export const pageImportForm = z.object({
  /** Left out, it is the name of the file. */
  source: optionalLine(100),
  visibility: z.enum(['partnership', 'organisation', 'team'], 'Choose who may read them'),
  state: z.enum(['draft', 'published'], 'Choose whether they are published'),
  /** A team's slug, or "me". */
  owner: z.string().max(100).default('me'),
})
export type PageImportForm = z.infer<typeof pageImportForm>
