import { longDate } from '../../http/dates.ts'
import { markedHtml } from '../../search/highlights.ts'
import type { FoundRecord, Namer } from '../../search/searchType.ts'
import { kinds } from '../kinds/kinds.ts'
import type { Article } from './articleModel.ts'

/** An article in a list: `title` and `fragments` are HTML, escaped, with marks. */
export interface ArticleRow {
  title: string
  href: string
  fragments: string[]
  facts: string[]
  /** Why it is in the list. */
  why?: string
  badges: { text: string; kind: 'good' | 'attention' | 'plain' }[]
}

export async function presentArticleRows(
  found: readonly Pick<FoundRecord<Article>, 'record' | 'highlights'>[],
  named: Namer,
  dateOf: (article: Article) => Date = ({ updatedAt }) => updatedAt,
): Promise<ArticleRow[]> {
  const organisations = await named(
    'organisation',
    found.map(({ record }) => record.organisationId),
  )
  return found.map(({ record, highlights }) => ({
    title: markedHtml(highlights.title?.[0] ?? record.title),
    href: `/knowledge/${record.slug}`,
    fragments: (highlights.body ?? []).map(fragment => markedHtml(fragment.replace(/^…|…$/g, ''))),
    facts: [kinds[record.kind], organisations.get(record.organisationId)?.label ?? '', longDate(dateOf(record))].filter(
      fact => fact !== '',
    ),
    badges: record.state === 'draft' ? [{ text: 'draft', kind: 'attention' as const }] : [],
  }))
}
