import { z } from 'zod'
import { visibilities } from '../../access/readers.ts'
import { line, paragraphs, severalIds } from '../../http/formFields.ts'
import { kindIds } from '../kinds/kinds.ts'

/** An article as somebody writes it. `owner` is "me" or "team:<id>"; `then` says whether it is kept as a draft or published. */
export const articleForm = z.object({
  title: line('Enter a title'),
  kind: z.enum(kindIds, 'Choose what kind of article it is'),
  text: paragraphs().pipe(z.string().min(1, 'Write the text')),
  owner: z.string().max(100).default('me'),
  coAuthors: severalIds,
  visibility: z.enum(visibilities, 'Choose who may read it'),
  chosenOrganisations: severalIds,
  skills: severalIds,
  then: z.enum(['draft', 'publish']).default('draft'),
  /** The revision that was opened; compared when saving. */
  revision: z.coerce.number().int().min(0).default(0),
})

export type ArticleForm = z.infer<typeof articleForm>
