import { z } from 'zod'
import { visibilities } from '../../access/readers.ts'
import { line, optionalLine, paragraphs, severalIds } from '../../http/formFields.ts'
import { kindIds } from '../kinds/kinds.ts'

/** An article as somebody writes it: other records are named, not chosen by id. */
export const articleForm = z.object({
  title: line('Enter a title'),
  kind: z.enum(kindIds, 'Choose what kind of article it is'),
  text: paragraphs().pipe(z.string().min(1, 'Write the text').max(100_000, 'Use 100,000 characters or fewer')),
  /** "me" for the first author or the person who owns it already, "@writer" for whoever saves, or a team's slug. */
  owner: z.string().max(100).default('me'),
  /** Names, separated by commas. */
  coAuthors: optionalLine(2_000),
  visibility: z.enum(visibilities, 'Choose who may read it'),
  /** Slugs. */
  chosenOrganisations: severalIds,
  /** Names or aliases, separated by commas. */
  skills: optionalLine(2_000),
  // biome-ignore lint/suspicious/noThenProperty: the name of the form's buttons; never a function
  then: z.enum(['draft', 'publish']).default('draft'),
  /** The revision that was opened; compared when saving. */
  revision: z.coerce.number().int().min(0).default(0),
})

export type ArticleForm = z.infer<typeof articleForm>
