import type { SignedInPerson } from '../../access/accessTokens.ts'
import { pagination } from '../../http/pages.ts'
import type { NamedRecord } from '../../search/searchType.ts'
import type { Services } from '../../services.ts'
import type { HelpRequest } from './requestModel.ts'
import { presentRequestRows } from './requestRows.ts'
import type { RequestFilter } from './requestService.ts'
import { openStates, type RequestType, requestTypes } from './requestStates.ts'

export const views = ['open', 'fit', 'mine', 'done', 'all'] as const
export type View = (typeof views)[number]

const viewNames: Readonly<Record<View, string>> = { open: 'Open', fit: 'That fit me', mine: 'Mine', done: 'Done', all: 'All' }

const nothing: Readonly<Record<View, string>> = {
  open: 'Nobody needs help just now.',
  fit: 'No open request names a skill of yours. Requests are matched with the skills on your profile.',
  mine: 'You have neither asked for help nor helped yet.',
  done: 'No request is done yet.',
  all: 'Nobody has asked for help yet.',
}

export interface Looked {
  view: View
  type?: RequestType
  skill?: NamedRecord
  page: number
}

export function filterOf({ view, type, skill }: Looked, { id }: SignedInPerson): RequestFilter {
  return {
    ...(type === undefined ? {} : { type }),
    ...(skill === undefined ? {} : { skillIds: [skill.id] }),
    ...(view === 'open' ? { states: openStates } : {}),
    ...(view === 'done' ? { states: ['done' as const] } : {}),
    ...(view === 'mine' ? { ofPersonId: id } : {}),
  }
}

/** Everything that views/pooling/requests/list prints. */
export async function presentRequestList(
  { requests, total, pageSize, ...looked }: Looked & { requests: HelpRequest[]; total: number; pageSize: number },
  person: SignedInPerson,
  { search }: Pick<Services, 'search'>,
) {
  const { view, type, skill, page } = looked
  const address = (change: { view?: View; type?: RequestType | undefined; skill?: NamedRecord | undefined; page?: number }) => {
    const asked = { view, type, skill, ...change }
    const query = new URLSearchParams({
      ...(asked.view === 'open' ? {} : { show: asked.view }),
      ...(asked.type === undefined ? {} : { type: asked.type }),
      ...(asked.skill === undefined ? {} : { skill: asked.skill.slug }),
      ...((asked.page ?? 1) > 1 ? { page: String(asked.page) } : {}),
    })
    return query.size === 0 ? '/requests' : `/requests?${query}`
  }
  return {
    title: 'Requests',
    total,
    rows: await presentRequestRows(
      requests.map(record => ({ record, highlights: {} })),
      search.namer(person),
    ),
    views: views.map(of => ({ href: address({ view: of }), text: viewNames[of], current: of === view })),
    types: [
      { href: address({ type: undefined }), text: 'Questions and work', current: type === undefined },
      ...requestTypes.map(of => ({
        href: address({ type: of }),
        text: of === 'question' ? 'Questions' : 'Pieces of work',
        current: of === type,
      })),
    ],
    skill: skill === undefined ? undefined : { label: skill.label, removeHref: address({ skill: undefined }) },
    nothing: nothing[view],
    pagination: pagination(page, Math.ceil(total / pageSize), number => address({ page: number })),
  }
}

export const viewOf = (asked: unknown): View => views.find(view => view === asked) ?? 'open'
export const typeOf = (asked: unknown): RequestType | undefined => requestTypes.find(type => type === asked)
