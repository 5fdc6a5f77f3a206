import { localDate } from '../../people/absence.ts'
import type { AskedTable, FoundRecord, ResultTable } from '../../search/searchType.ts'
import { kindName } from '../kinds/kinds.ts'
import type { Article } from './articleModel.ts'

/** Articles in a table. Authors that the reader cannot find any more are not among those of a search. */
export async function presentArticleTable(found: readonly FoundRecord<Article>[], { named, site }: AskedTable): Promise<ResultTable> {
  const articles = found.map(({ record }) => record)
  const [authors, organisations] = await Promise.all([
    named(
      'author',
      articles.flatMap(({ authorIds }) => authorIds),
    ),
    named(
      'organisation',
      articles.map(({ organisationId }) => organisationId),
    ),
  ])
  return {
    head: ['Title', 'Authors', 'Organisation', 'Kind', 'State', 'Marking', 'Review due', 'Updated', 'Address'],
    rows: articles.map(({ slug, title, authorIds, organisationId, kind, state, marking, reviewDueAt, updatedAt }) => [
      title,
      authorIds.flatMap(id => authors.get(id)?.label ?? []).join('; '),
      organisations.get(organisationId)?.label ?? '',
      kindName(kind),
      state,
      marking ?? 'OFFICIAL',
      reviewDueAt === undefined ? '' : localDate(reviewDueAt),
      localDate(updatedAt),
      `${site}/knowledge/${slug}`,
    ]),
  }
}
