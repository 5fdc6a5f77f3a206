import { z } from 'zod'
import { visibilities } from '../../access/readers.ts'
import { givenChoice, givenLine, givenList, givenText, sourceId } from '../../imports/rowFields.ts'
import { articleStates } from '../articles/articleModel.ts'
import { kindIds } from '../kinds/kinds.ts'

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
  state: givenChoice(articleStates),
  skills: givenList(),
})

export type ArticleRow = z.infer<typeof articleRow>
