import { longDate } from '../../http/dates.ts'
import { markedHtml } from '../../search/highlights.ts'
import type { FoundRecord, Namer } from '../../search/searchType.ts'
import { endOf } from '../kinds/fieldPresenter.ts'
import { kindName, kindOf } from '../kinds/kinds.ts'
import { type Badge, badgesOf } from '../reviews/reviewBadges.ts'
import type { Article } from './articleModel.ts'

/** An article in a list: `title` and `fragments` are HTML, escaped, with marks. */
export interface ArticleRow {
  title: string
  href: string
  fragments: string[]
  /** What was found in its attachments: `fragment` is HTML as well. */
  attached?: { fragment: string; place: string; href: string }[]
  facts: string[]
  /** Why it is in the list. */
  why?: string
  badges: Badge[]
}

export async function presentArticleRows(
  found: readonly Pick<FoundRecord<Article>, 'record' | 'highlights'>[],
  named: Namer,
  { now, dateOf = ({ updatedAt }) => updatedAt }: { now: Date; dateOf?: ((article: Article) => Date) | undefined },
): Promise<ArticleRow[]> {
  const [organisations, reviewers] = await Promise.all([
    named(
      'organisation',
      found.map(({ record }) => record.organisationId),
    ),
    named(
      'author',
      found.flatMap(({ record: { reviewed } }) => reviewed?.byId ?? []),
    ),
  ])
  return found.map(({ record, highlights }) => ({
    title: markedHtml(highlights.title?.[0] ?? record.title),
    href: `/knowledge/${record.slug}`,
    fragments: (highlights.body ?? []).map(fragment => markedHtml(fragment.replace(/^…|…$/g, ''))),
    facts: [
      kindName(record.kind),
      organisations.get(record.organisationId)?.label ?? '',
      longDate(dateOf(record)),
      endText(endOf(kindOf(record.kind), record.fields ?? []), now),
    ].filter(fact => fact !== ''),
    badges: badgesOf(record, now, reviewers.get(record.reviewed?.byId ?? '')?.label),
  }))
}

const endText = (end: Date | undefined, now: Date): string => (end === undefined ? '' : `${end < now ? 'ended' : 'ends'} ${longDate(end)}`)
