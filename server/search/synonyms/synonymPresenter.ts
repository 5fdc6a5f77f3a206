import { dateAndTime } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { SynonymGroup } from './synonymModel.ts'

export const synonymsPage = '/admin/synonyms'

type Typed = Record<string, unknown> | undefined

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

export async function presentSynonyms({ synonyms, people }: Pick<Services, 'synonyms' | 'people'>, typed: Typed, errors: Problems) {
  const groups = await synonyms.list()
  const ids = [...new Set(groups.flatMap(({ changedById }) => changedById ?? []))]
  const names = new Map(await Promise.all(ids.map(async id => [id, (await people.byId(id))?.name] as const)))
  return {
    title: 'Synonyms and acronyms',
    errors,
    wordings: textOf(typed?.wordings),
    groups: groups.map(({ _id, wordings, changedAt, changedById }) => ({
      wordings,
      what: wordings.join(', '),
      href: `${synonymsPage}/${_id}/edit`,
      changed: [dateAndTime(changedAt), changedById === undefined ? undefined : names.get(changedById)].filter(Boolean).join(', '),
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
