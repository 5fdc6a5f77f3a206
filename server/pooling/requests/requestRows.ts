import { longDate } from '../../http/dates.ts'
import { localDate } from '../../people/absence.ts'
import { markedHtml } from '../../search/highlights.ts'
import type { AskedTable, FoundRecord, Namer, ResultTable } from '../../search/searchType.ts'
import type { HelpRequest } from './requestModel.ts'
import { stateName, typeNames } from './requestStates.ts'

type Found = Pick<FoundRecord<HelpRequest>, 'record' | 'highlights'>

const badgeKinds: Partial<Record<HelpRequest['state'], string>> = { asked: 'attention', done: 'good' }

export const stateBadge = ({ state }: Pick<HelpRequest, 'state'>) => ({ text: stateName(state), kind: badgeKinds[state] ?? 'plain' })

const organisationsOf = (found: readonly Found[], named: Namer) =>
  named(
    'organisation',
    found.map(({ record }) => record.organisationId),
  )

/** Requests in a list, as views/components/articleRow prints them. */
export async function presentRequestRows(found: readonly Found[], named: Namer) {
  const [organisations, skills] = await Promise.all([
    organisationsOf(found, named),
    named(
      'skill',
      found.flatMap(({ record }) => record.skills.map(({ skillId }) => skillId)),
    ),
  ])
  return found.map(({ record, highlights }) => ({
    title: markedHtml(highlights.title?.[0] ?? record.title),
    href: `/requests/${record.slug}`,
    fragments: (highlights.body ?? []).map(fragment => markedHtml(fragment.replace(/^…|…$/g, ''))),
    facts: [
      typeNames[record.type],
      organisations.get(record.organisationId)?.label ?? '',
      record.skills.flatMap(({ skillId }) => skills.get(skillId)?.label ?? []).join(', '),
      record.work?.until === undefined ? longDate(record.askedAt) : `wanted by ${longDate(new Date(`${record.work.until}T12:00:00Z`))}`,
    ].filter(fact => fact !== ''),
    badges: [stateBadge(record)],
  }))
}

export async function presentRequestTable(found: readonly Found[], { named, site }: AskedTable): Promise<ResultTable> {
  const organisations = await organisationsOf(found, named)
  return {
    head: ['Title', 'Type', 'Organisation', 'State', 'Asked', 'Updated', 'Address'],
    rows: found.map(({ record: { title, type, organisationId, state, askedAt, updatedAt, slug } }) => [
      title,
      typeNames[type],
      organisations.get(organisationId)?.label ?? '',
      state,
      localDate(askedAt),
      localDate(updatedAt),
      `${site}/requests/${slug}`,
    ]),
  }
}
