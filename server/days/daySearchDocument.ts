import { markdownToText } from '../documents/markdown.ts'
import { longDate } from '../http/dates.ts'
import type { ArticleRow } from '../knowledge/articles/articleRows.ts'
import { markedHtml } from '../search/highlights.ts'
import type { FoundRecord, Namer, SearchType } from '../search/searchType.ts'
import type { GuardedModel } from '../storage/guardedReads.ts'
import type { Day } from './dayModel.ts'

/** What the engine sees of a day: what is planned and what came of it, with the minutes that were approved, and nothing of who registered. */
export const daySearchType = (model: GuardedModel<Day>): SearchType<Day> => ({
  type: 'day',
  heading: 'Partnership days',
  plural: 'days',
  path: '/days',
  titleOf: ({ title }) => title,
  hintOf: ({ startsAt }) => `day, ${longDate(startsAt)}`,
  model,
  mapping: { text: { title: { weight: 2 }, body: { weight: 1 } }, keywords: ['organisation', 'skill', 'speaker'], dates: ['updated'] },
  toSearchDocument: day => ({
    text: { title: day.title, body: bodyOf(day) },
    keywords: {
      organisation: [day.organisationId],
      skill: [...new Set(day.sessions.flatMap(({ skillIds }) => skillIds))],
      speaker: [...new Set(day.sessions.flatMap(({ speakerIds }) => speakerIds))],
    },
    dates: { updated: day.startsAt },
  }),
  facets: ['organisation', 'skill'],
  dateField: 'updated',
  rowsName: 'articles',
  presentRows: presentDayRows,
  presentTable: async (found, { named, site }) => {
    const organisations = await organisationsOf(found, named)
    return {
      head: ['Title', 'Date', 'Organisation', 'Address'],
      rows: found.map(({ record }) => [
        record.title,
        record.date,
        organisations.get(record.organisationId)?.label ?? '',
        `${site}/days/${record.slug}`,
      ]),
    }
  },
})

function bodyOf({ purpose, sessions, priorities, venue, date, minutes }: Day): string {
  const said = sessions.flatMap(({ title, about, track }) => [title, track, about])
  return [markdownToText(purpose), venue?.name, date, ...priorities.map(({ text }) => text), ...said, markdownToText(minutes?.text ?? '')]
    .filter(Boolean)
    .join('\n')
}

type Found = Pick<FoundRecord<Day>, 'record' | 'highlights'>

const organisationsOf = (found: readonly Found[], named: Namer) =>
  named(
    'organisation',
    found.map(({ record }) => record.organisationId),
  )

export async function presentDayRows(found: readonly Found[], named: Namer): Promise<ArticleRow[]> {
  const organisations = await organisationsOf(found, named)
  return found.map(({ record, highlights }) => ({
    title: markedHtml(highlights.title?.[0] ?? record.title),
    href: `/days/${record.slug}`,
    fragments: (highlights.body ?? []).map(fragment => markedHtml(fragment.replace(/^…|…$/g, ''))),
    facts: ['Partnership day', longDate(record.startsAt), organisations.get(record.organisationId)?.label ?? ''].filter(
      fact => fact !== '',
    ),
    badges: record.state === 'cancelled' ? [{ text: 'Cancelled', kind: 'attention' as const }] : [],
  }))
}
