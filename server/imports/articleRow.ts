import { z } from 'zod'
import { visibilities } from '../access/readers.ts'
import { articleStates } from '../knowledge/articles/articleModel.ts'
import { kindIds } from '../knowledge/kinds/kinds.ts'
import { givenChoice, givenLine, givenList, givenText, sourceId } from './rowFields.ts'

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
