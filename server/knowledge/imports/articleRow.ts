import { z } from 'zod'
import { markings, visibilities } from '../../access/readers.ts'
import { givenChoice, givenLine, givenList, givenText, neededLine, sourceId } from '../../imports/rowFields.ts'
import { kindIds } from '../kinds/kinds.ts'
import { importedStates } from '../reviews/articleStates.ts'

const givenFields = z
  .preprocess(
    value => (typeof value === 'string' ? parsed(value) : value),
    z.record(z.string(), z.unknown(), 'must be an object of fields by name'),
  )
  .optional()

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A text that an article had before, with who saved it. */
const earlierText = z.strictObject({
  revision: z.number().int().min(1),
  title: neededLine(1_000),
  text: givenText(1_000_000),
  kind: givenChoice(kindIds),
  fields: givenFields,
  summary: givenLine(),
  restoredFrom: z.number().int().optional(),
  saved: z.unknown(),
  by: givenLine(),
  for: givenChoice(['readers', 'writers']),
})
export type EarlierText = z.infer<typeof earlierText>

/** An article as a file gives it. Authors are ids of people in their file, or names; the owner is the id of a person or a team. */
export const articleRow = z.strictObject({
  id: sourceId,
  title: givenLine(1_000),
  text: givenText(1_000_000),
  authors: givenList(),
  date: z.unknown().optional(),
  kind: givenChoice(kindIds),
  organisation: givenLine(),
  owner: givenLine(),
  visibility: givenChoice(visibilities),
  chosen: givenList(),
  state: givenChoice(importedStates),
  skills: givenList(),
  /** What its kind asks for, by name; in a CSV cell as JSON. */
  fields: givenFields,
  marking: givenChoice(markings),
  /** Who helped and did not write. */
  thanks: givenList(),
  /** When somebody said last that it is right. */
  reviewed: z.unknown().optional(),
  reviewMonths: z.number().int().min(1).max(120).optional(),
  reviewDue: z.unknown().optional(),
  published: z.unknown().optional(),
  updated: z.unknown().optional(),
  /** The name in its address, where that is free. */
  slug: givenLine(),
  /** How often it was saved, and the texts of these times: taken when it is added. */
  revision: z.number().int().min(1).optional(),
  history: z.array(earlierText, 'must be a list of earlier texts').max(5_000).optional(),
})

export type ArticleRow = z.infer<typeof articleRow>
