import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { isTooOpen, type Marking } from '../../access/readers.ts'
import { Invalid } from '../../failures.ts'
import type { Article } from './articleModel.ts'

export const tooOpenProblem =
  'What is OFFICIAL-SENSITIVE is never for the whole partnership: choose a team, the organisation or chosen organisations'

export const isSensitive = ({ marking }: Pick<Article, 'marking'>): boolean => marking === 'OFFICIAL-SENSITIVE'

/** @throws Invalid when this person may not mark it so, or when too many would read what is marked so */
export function requireMarkable(
  person: SignedInPerson,
  article: Pick<Article, 'organisationId' | 'visibility' | 'marking'>,
  before?: Marking,
): void {
  if (isTooOpen(article)) throw new Invalid({ visibility: tooOpenProblem })
  const isChanged = (article.marking ?? 'OFFICIAL') !== (before ?? 'OFFICIAL')
  if (isChanged && !may(person, { verb: 'mark as sensitive', record: article }))
    throw new Invalid({ form: 'Only editors and administrators of the organisation change the marking of an article' })
}
