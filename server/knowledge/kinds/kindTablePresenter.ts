import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import { pagination } from '../../http/pages.ts'
import { localDate } from '../../people/absence.ts'
import type { Services } from '../../services.ts'
import { csvLine } from '../../tables/csvLine.ts'
import type { Article } from '../articles/articleModel.ts'
import { articleStates, stateId, stateName } from '../reviews/articleStates.ts'
import { badgesOf } from '../reviews/reviewBadges.ts'
import { linesOf } from './fieldPresenter.ts'
import type { FieldValue, Kind, KindField } from './kind.ts'
import { type Comparison, mostCompared } from './kindTables.ts'

type Compared = Omit<Article, 'text'>

const pageSize = 50

/** By what its table can be put in order. */
export const sortsOf = ({ fields }: Kind) => [
  { value: 'title', text: 'Title' },
  ...fields.map(({ name, label }) => ({ value: name, text: label })),
  { value: 'review', text: 'Review due' },
  { value: 'updated', text: 'Updated' },
]

/** Everything that views/knowledge/kind prints. */
export async function presentKindTable(
  { asked, compared, page }: { asked: Comparison; compared: Compared[]; page: number },
  person: SignedInPerson,
  { search, clock }: Pick<Services, 'search' | 'clock'>,
) {
  const { kind, states, sort, isDescending } = asked
  const [state] = states ?? []
  const shown = compared.slice((page - 1) * pageSize, page * pageSize)
  const organisations = await organisationsOf(shown, person, search)
  const path = `/knowledge/kinds/${kind.id}`
  const address = (given: Record<string, string | undefined>) => {
    const asked = {
      state: state && stateId(state),
      sort: sort === 'title' ? undefined : sort,
      order: isDescending ? 'down' : undefined,
      ...given,
    }
    const query = new URLSearchParams(Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined))
    return query.size === 0 ? '' : `?${query}`
  }
  return {
    title: kind.plural,
    listHref: `/knowledge?kind=${kind.id}`,
    csvHref: `${path}/table.csv${address({})}`,
    path,
    total: compared.length,
    isCut: compared.length === mostCompared ? mostCompared : undefined,
    states: [
      { value: '', text: 'All but archived and superseded' },
      ...articleStates.map(of => ({ value: stateId(of), text: stateName(of), selected: of === state })),
    ],
    sorts: sortsOf(kind).map(choice => ({ ...choice, selected: choice.value === sort })),
    orders: [
      { value: 'up', text: 'Lowest, earliest or A first', selected: !isDescending },
      { value: 'down', text: 'Highest, latest or Z first', selected: isDescending },
    ],
    columns: kind.fields.map(({ label }) => label),
    rows: shown.map(article => ({
      title: article.title,
      href: `/knowledge/${article.slug}`,
      organisation: organisations.get(article.organisationId)?.label ?? '',
      badges: badgesOf(article as Article, clock.now()),
      cells: kind.fields.map(field => ({ label: field.label, lines: linesOf(field, article.fields ?? []) })),
      reviewDue: article.reviewDueAt === undefined ? '' : longDate(article.reviewDueAt),
    })),
    pagination: pagination(page, Math.ceil(compared.length / pageSize), number => `${path}${address({ page: String(number) })}`),
  }
}

/** The same as CSV, all of it. */
export async function kindTable(
  { asked: { kind }, compared, site }: { asked: Comparison; compared: Compared[]; site: string },
  person: SignedInPerson,
  { search }: Pick<Services, 'search'>,
): Promise<string> {
  const organisations = await organisationsOf(compared, person, search)
  const head = ['Title', 'Organisation', ...kind.fields.map(labelled), 'State', 'Marking', 'Review due', 'Updated', 'Address']
  const rows = compared.map(article => [
    article.title,
    organisations.get(article.organisationId)?.label ?? '',
    ...kind.fields.map(field => cellOf(field, article.fields ?? [])),
    article.state,
    article.marking ?? 'OFFICIAL',
    article.reviewDueAt === undefined ? '' : localDate(article.reviewDueAt),
    localDate(article.updatedAt),
    `${site}/knowledge/${article.slug}`,
  ])
  return `\ufeff${[head, ...rows].map(csvLine).join('')}`
}

const labelled = (field: KindField) => (field.type === 'number' ? `${field.label} (${field.unit})` : field.label)

/** Figures and days as a spreadsheet counts them. */
function cellOf(field: KindField, values: readonly FieldValue[]): string | number {
  const [value] = values.filter(({ name }) => name === field.name)
  if (field.type === 'number') return value?.number ?? ''
  if (field.type === 'date') return value?.date?.toISOString().slice(0, 10) ?? ''
  return linesOf(field, values).join('; ')
}

const organisationsOf = (compared: readonly Compared[], person: SignedInPerson, search: Services['search']) =>
  search.namer(person)(
    'organisation',
    compared.map(({ organisationId }) => organisationId),
  )
