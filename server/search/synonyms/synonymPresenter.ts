import type { SignedInPerson } from '../../access/accessTokens.ts'
import { dateAndTime } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { SynonymGroup } from './synonymModel.ts'

export const synonymsPage = '/admin/synonyms'

type Typed = Record<string, unknown> | undefined

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** Whoever changed a group is named as far as the keeper may see them. */
export async function presentSynonyms(
  keeper: SignedInPerson,
  { synonyms, search }: Pick<Services, 'synonyms' | 'search'>,
  typed: Typed,
  errors: Problems,
) {
  const groups = await synonyms.list()
  const names = await search.namer(keeper)(
    'author',
    groups.flatMap(({ changedById }) => changedById ?? []),
  )
  return {
    title: 'Synonyms and acronyms',
    errors,
    wordings: textOf(typed?.wordings),
    groups: groups.map(({ _id, wordings, changedAt, changedById }) => ({
      wordings,
      what: wordings.join(', '),
      href: `${synonymsPage}/${_id}/edit`,
      changed: [dateAndTime(changedAt), changedById === undefined ? undefined : names.get(changedById)?.label].filter(Boolean).join(', '),
    })),
  }
}

export function presentSynonymForm(group: SynonymGroup, again: { typed: Typed; errors: Problems; isConflict: boolean }) {
  const { typed, errors, isConflict } = again
  return {
    title: `Change ${group.wordings[0]}`,
    errors,
    action: `${synonymsPage}/${group._id}`,
    wordings: typed === undefined ? group.wordings.join('\n') : textOf(typed.wordings),
    revision: typed === undefined || isConflict ? String(group.revision) : textOf(typed.revision),
    savedMeanwhile: isConflict ? group.wordings.join(', ') : undefined,
  }
}
