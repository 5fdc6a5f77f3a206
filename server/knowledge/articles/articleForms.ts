import { z } from 'zod'
import { markings, visibilities } from '../../access/readers.ts'
import { longestMarkdown } from '../../documents/markdown.ts'
import { line, optionalLine, paragraphs, severalIds } from '../../http/formFields.ts'
import { kindIds } from '../kinds/kinds.ts'
import { reviewIntervals } from '../reviews/reviewDates.ts'
import { gatheredFields } from './gatheredFields.ts'

const ownInterval = z
  .enum(['', ...reviewIntervals.map(String)], 'Choose one from the list')
  .default('')
  .transform(months => (months === '' ? undefined : Number(months)))

const inWords = (count: number) => count.toLocaleString('en-GB')

/** @returns what is said of a text that is longer than an article's may be */
export const tooLong = (length: number): string =>
  `The text has ${inWords(length)} characters, and the longest text of an article is ${inWords(longestMarkdown)}: shorten it, split it, or attach it as a file`

/** An article as somebody writes it: other records are named, not chosen by id. */
const written = z.object({
  title: line('Enter a title'),
  kind: z.enum(kindIds, 'Choose what kind of article it is'),
  text: paragraphs(Number.MAX_SAFE_INTEGER).pipe(
    z
      .string()
      .min(1, 'Write the text')
      .max(longestMarkdown, { error: ({ input }) => tooLong(String(input).length) }),
  ),
  /** "me" for the first author or the person who owns it already, "@writer" for whoever saves, or a team's slug. */
  owner: z.string().max(100).default('me'),
  /** What is typed in the fields of its kind, by their names. */
  fields: z.record(z.string(), z.string()),
  /** What whoever saves it says of the change. */
  summary: optionalLine(200),
  /** Names, separated by commas. */
  coAuthors: optionalLine(2_000),
  thanks: optionalLine(2_000),
  /** The name of whoever is to agree. */
  approver: optionalLine(),
  /** In months; left out, as often as its kind says. */
  reviewMonths: ownInterval,
  /** Left out, it stays. */
  marking: z.enum(markings, 'Choose how it is marked').optional(),
  visibility: z.enum(visibilities, 'Choose who may read it'),
  /** Slugs. */
  chosenOrganisations: severalIds,
  /** Names or aliases, separated by commas. */
  skills: optionalLine(2_000),
  // biome-ignore lint/suspicious/noThenProperty: the name of the form's buttons; never a function
  then: z.enum(['draft', 'publish']).default('draft'),
  /** How often it was saved when it was opened; compared when saving. */
  revision: z.coerce.number().int().min(0).default(0),
})

export const articleForm = z.preprocess(gatheredFields, written)

export type ArticleForm = z.infer<typeof articleForm>
