import type { Clock } from '../../clock.ts'
import { markdownToText } from '../../documents/markdown.ts'
import { longDate } from '../../http/dates.ts'
import type { ArticleRow } from '../../knowledge/articles/articleRows.ts'
import { localDate } from '../../people/absence.ts'
import { markedHtml } from '../../search/highlights.ts'
import type { FoundRecord, Namer, SearchType } from '../../search/searchType.ts'
import type { GuardedModel } from '../../storage/guardedReads.ts'
import type { Offer, OfferKind } from './offerModel.ts'
import { stands } from './offerService.ts'

export const kindNames: Record<OfferKind, string> = {
  advice: 'Advice',
  mentoring: 'Mentoring',
  review: 'A review',
  training: 'Training',
  licence: 'A spare licence',
  equipment: 'Equipment',
}

/** What the engine sees of an offer. */
export const offerSearchType = (model: GuardedModel<Offer>, clock: Clock): SearchType<Offer> => ({
  type: 'offer',
  heading: 'Offers',
  plural: 'offers',
  path: '/offers',
  titleOf: ({ title }) => title,
  hintOf: () => 'offer',
  model,
  mapping: { text: { title: { weight: 2 }, body: { weight: 1 } }, keywords: ['organisation', 'team', 'skill'], dates: ['updated'] },
  toSearchDocument: ({ title, kind, text, limit = '', organisationId, owner, skillIds, updatedAt }) => ({
    text: { title, body: [kindNames[kind], limit, markdownToText(text)].filter(part => part !== '').join('\n') },
    keywords: { organisation: [organisationId], team: owner.teamId === undefined ? [] : [owner.teamId], skill: skillIds },
    dates: { updated: updatedAt },
  }),
  facets: ['organisation'],
  dateField: 'updated',
  rowsName: 'articles',
  presentRows: (found, named) => presentOfferRows(found, named, clock),
  presentTable: async (found, { named, site }) => {
    const organisations = await organisationsOf(found, named)
    return {
      head: ['Title', 'Kind', 'Organisation', 'Updated', 'Address'],
      rows: found.map(({ record: { title, kind, organisationId, updatedAt, slug } }) => [
        title,
        kindNames[kind],
        organisations.get(organisationId)?.label ?? '',
        localDate(updatedAt),
        `${site}/offers/${slug}`,
      ]),
    }
  },
})

type Found = Pick<FoundRecord<Offer>, 'record' | 'highlights'>

const organisationsOf = (found: readonly Found[], named: Namer) =>
  named(
    'organisation',
    found.map(({ record }) => record.organisationId),
  )

export async function presentOfferRows(found: readonly Found[], named: Namer, clock: Clock): Promise<ArticleRow[]> {
  const organisations = await organisationsOf(found, named)
  return found.map(({ record, highlights }) => ({
    title: markedHtml(highlights.title?.[0] ?? record.title),
    href: `/offers/${record.slug}`,
    fragments: (highlights.body ?? []).map(fragment => markedHtml(fragment.replace(/^…|…$/g, ''))),
    facts: [
      kindNames[record.kind],
      organisations.get(record.organisationId)?.label ?? '',
      record.limit ?? '',
      longDate(record.updatedAt),
    ].filter(fact => fact !== ''),
    badges: stands(record, clock.now()) ? [] : [{ text: 'Not offered any more', kind: 'plain' as const }],
  }))
}
