import { markdownToText } from '../../documents/markdown.ts'
import { longDate } from '../../http/dates.ts'
import { localDate } from '../../people/absence.ts'
import { markedHtml } from '../../search/highlights.ts'
import type { FoundRecord, Namer, SearchType } from '../../search/searchType.ts'
import type { GuardedModel } from '../../storage/guardedReads.ts'
import type { ArticleRow } from '../articles/articleRows.ts'
import type { Collection } from './collectionModel.ts'

/** What the engine sees of a collection: nothing of its articles, which not all of its readers may read. */
export const collectionSearchType = (model: GuardedModel<Collection>): SearchType<Collection> => ({
  type: 'collection',
  heading: 'Collections',
  plural: 'collections',
  path: '/knowledge/collections',
  titleOf: ({ title }) => title,
  hintOf: () => 'collection',
  model,
  mapping: { text: { title: { weight: 2 }, body: { weight: 1 } }, keywords: ['organisation', 'team'], dates: ['updated'] },
  toSearchDocument: ({ title, summary, organisationId, owner, updatedAt }) => ({
    text: { title, body: markdownToText(summary) },
    keywords: { organisation: [organisationId], team: owner.teamId === undefined ? [] : [owner.teamId] },
    dates: { updated: updatedAt },
  }),
  facets: ['organisation'],
  dateField: 'updated',
  rowsName: 'articles',
  presentRows: presentCollectionRows,
  presentTable: async (found, { named, site }) => {
    const organisations = await organisationsOf(found, named)
    return {
      head: ['Title', 'Organisation', 'Updated', 'Address'],
      rows: found.map(({ record: { title, organisationId, updatedAt, slug } }) => [
        title,
        organisations.get(organisationId)?.label ?? '',
        localDate(updatedAt),
        `${site}/knowledge/collections/${slug}`,
      ]),
    }
  },
})

type Found = Pick<FoundRecord<Collection>, 'record' | 'highlights'>

const organisationsOf = (found: readonly Found[], named: Namer) =>
  named(
    'organisation',
    found.map(({ record }) => record.organisationId),
  )

export async function presentCollectionRows(found: readonly Found[], named: Namer): Promise<ArticleRow[]> {
  const organisations = await organisationsOf(found, named)
  return found.map(({ record, highlights }) => ({
    title: markedHtml(highlights.title?.[0] ?? record.title),
    href: `/knowledge/collections/${record.slug}`,
    fragments: (highlights.body ?? []).map(fragment => markedHtml(fragment.replace(/^…|…$/g, ''))),
    facts: ['Collection', organisations.get(record.organisationId)?.label ?? '', longDate(record.updatedAt)].filter(fact => fact !== ''),
    badges: [],
  }))
}
