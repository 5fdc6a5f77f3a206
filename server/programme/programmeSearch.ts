import { longDate } from '../http/dates.ts'
import type { ArticleRow } from '../knowledge/articles/articleRows.ts'
import { markedHtml } from '../search/highlights.ts'
import type { FoundRecord, Namer, SearchType } from '../search/searchType.ts'
import type { GuardedModel } from '../storage/guardedReads.ts'
import type { Action, Decision } from './actionModel.ts'

type Found<R extends Action | Decision> = Pick<FoundRecord<R>, 'record' | 'highlights'>
const textFields = { title: { weight: 2 }, body: { weight: 1 } }

/** What is done speaks for whoever did it. */
export const actionSearchType = (model: GuardedModel<Action>): SearchType<Action> => ({
  ...{ type: 'action', heading: 'Actions', plural: 'actions', path: '/programme/actions', model, rowsName: 'articles' },
  titleOf: ({ title }) => title,
  hintOf: ({ state }) => `action, ${state}`,
  mapping: { text: textFields, keywords: ['organisation', 'day', 'doneBy'], dates: ['updated'] },
  toSearchDocument: ({ title, proof = '', organisationId, source, doneByIds, updatedAt }) => ({
    text: { title, body: proof },
    keywords: { organisation: [organisationId], day: [source.dayId], doneBy: doneByIds },
    dates: { updated: updatedAt },
  }),
  facets: ['organisation', 'day'],
  dateField: 'updated',
  contributors: { field: 'doneByIds', keyword: 'doneBy' },
  contributed: 'did',
  presentRows: (found, named) =>
    rowsOf(found, named, '/programme/actions', ({ state, due }) => ['Action', state, ...(due === undefined ? [] : [`due ${due}`])]),
  presentTable: async (found, { named, site }) => {
    const organisations = await named(
      'organisation',
      found.map(({ record }) => record.organisationId),
    )
    return {
      head: ['Action', 'State', 'Organisation', 'Due', 'Address'],
      rows: found.map(({ record: { title, state, organisationId, due = '', slug } }) => [
        ...[title, state, organisations.get(organisationId)?.label ?? '', due, `${site}/programme/actions/${slug}`],
      ]),
    }
  },
})

export const decisionSearchType = (model: GuardedModel<Decision>): SearchType<Decision> => ({
  ...{ type: 'decision', heading: 'Decisions', plural: 'decisions', path: '/programme/decisions', model, rowsName: 'articles' },
  titleOf: ({ title }) => title,
  hintOf: () => 'decision',
  mapping: { text: textFields, keywords: ['organisation', 'day'], dates: ['updated'] },
  toSearchDocument: ({ title, why, agreedByIds, source, updatedAt }) => ({
    text: { title, body: why },
    keywords: { organisation: agreedByIds, day: [source.dayId] },
    dates: { updated: updatedAt },
  }),
  facets: ['organisation', 'day'],
  dateField: 'updated',
  presentRows: (found, named) => rowsOf(found, named, '/programme/decisions', () => ['Decision']),
  presentTable: async (found, { site }) => ({
    head: ['Decision', 'Why', 'Address'],
    rows: found.map(({ record: { title, why, slug } }) => [title, why, `${site}/programme/decisions/${slug}`]),
  }),
})

async function rowsOf<R extends Action | Decision>(
  found: readonly Found<R>[],
  named: Namer,
  path: string,
  factsOf: (record: R) => string[],
): Promise<ArticleRow[]> {
  const days = await named(
    'day',
    found.map(({ record }) => record.source.dayId),
  )
  return found.map(({ record, highlights }) => ({
    title: markedHtml(highlights.title?.[0] ?? record.title),
    href: `${path}/${record.slug}`,
    fragments: (highlights.body ?? []).map(fragment => markedHtml(fragment.replace(/^…|…$/g, ''))),
    facts: [...factsOf(record), days.get(record.source.dayId)?.label ?? '', longDate(record.createdAt)].filter(fact => fact !== ''),
    badges: [],
  }))
}
