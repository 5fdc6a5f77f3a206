import type { SignedInPerson } from '../../access/accessTokens.ts'
import { asMarkdownText } from '../../documents/markdownText.ts'
import { longDate } from '../../http/dates.ts'
import { dayText } from '../../people/absence.ts'
import { presentActionRows } from '../../programme/programmePresenter.ts'
import type { NamedRecord } from '../../search/searchType.ts'
import type { Services } from '../../services.ts'
import { presentAgenda } from '../agenda/sessionPresenter.ts'
import type { Day } from '../dayModel.ts'
import { withPlace } from '../dayNews.ts'
import { counted } from '../dayPresenter.ts'
import { presentPriorities } from '../outputs/outputPresenter.ts'

type Organisations = ReadonlyMap<string, NamedRecord>
type Came = { organisationId: string; people: number }
type Section = { heading: string; lines: string[] }

const plain = asMarkdownText
const tableRow = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const tableOf = (head: readonly string[], rows: readonly string[][]) => [head, head.map(() => '---'), ...rows].map(tableRow)

/** The minutes of a day as its records have it now, as Markdown; what is not there has no section. A vote that is open says nothing. */
export async function drawnMinutes(day: Day, person: SignedInPerson, services: Services): Promise<string> {
  const [decisions, actions, asked, offered, carried] = await Promise.all([
    services.decisions.list(person, day._id),
    services.actions.list(person, { dayId: day._id, state: 'all' }),
    services.requests.ofDay(person, day._id),
    services.offers.ofDay(person, day._id),
    services.outputs.carriedOver(person, day),
  ])
  const came = cameFrom(day)
  const organisations = await services.search.namer(person)('organisation', [
    ...came.map(({ organisationId }) => organisationId),
    ...decisions.flatMap(({ agreedByIds }) => agreedByIds),
  ])
  const sections: Section[] = [
    { heading: 'Who came', lines: attendanceLines(came, organisations) },
    { heading: 'Agenda', lines: agendaLines(await presentAgenda(day, person, services, false)) },
    { heading: 'Priorities', lines: priorityLines(await presentPriorities(day, person, services)) },
    {
      heading: 'Decisions',
      lines: decisions.map(({ title, slug, why, agreedByIds, reviewOn }) =>
        [
          `- [${plain(title)}](/programme/decisions/${encodeURIComponent(slug)}).`,
          why === '' ? '' : plain(why),
          agreedBy(agreedByIds, came, organisations),
          reviewOn === undefined ? '' : `Looked at again on ${dayText(reviewOn)}.`,
        ]
          .filter(said => said !== '')
          .join(' '),
      ),
    },
    { heading: 'Actions', lines: actionLines(await presentActionRows(actions, person, services)) },
    { heading: 'Questions and requests', lines: forReadersOf(day, asked).map(({ title, slug }) => linked(title, `/requests/${slug}`)) },
    { heading: 'Offers', lines: forReadersOf(day, offered).map(({ title, slug }) => linked(title, `/offers/${slug}`)) },
  ]
  for (const { day: earlier, actions: left } of carried) {
    const rows = await presentActionRows(forReadersOf(day, left), person, services)
    sections.push({ heading: `Carried over from ${longDate(earlier.startsAt)}`, lines: actionLines(rows) })
  }
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ heading, lines }) => `## ${heading}\n\n${lines.join('\n')}\n`)
    .join('\n')
}

/** The minutes are read by all who read the day: nothing is in them that is for fewer. */
const forReadersOf = <R extends { readers: string[] }>({ readers }: Day, records: readonly R[]): R[] =>
  records.filter(record => readers.every(token => record.readers.includes(token)))

const linked = (title: string, href: string) => `- [${plain(title)}](${encodeURI(href)})`

/** As it was counted at the day, else those who had a place; the most first. */
function cameFrom(day: Day): Came[] {
  const counts = new Map<string, number>()
  if (day.attendance === undefined)
    for (const { organisationId } of withPlace(day)) counts.set(organisationId, (counts.get(organisationId) ?? 0) + 1)
  const came = day.attendance ?? [...counts].map(([organisationId, people]) => ({ organisationId, people }))
  return came.toSorted((a, b) => b.people - a.people)
}

function attendanceLines(came: readonly Came[], organisations: Organisations): string[] {
  if (came.length === 0) return []
  const all = came.reduce((sum, { people }) => sum + people, 0)
  const rows = came.map(({ organisationId, people }) => [plain(organisations.get(organisationId)?.label ?? 'Others'), String(people)])
  return [
    `${counted(all, 'person', 'people')} from ${counted(came.length, 'organisation', 'organisations')}.`,
    '',
    ...tableOf(['Organisation', 'People'], rows),
  ]
}

const agendaLines = (agenda: Awaited<ReturnType<typeof presentAgenda>>): string[] =>
  agenda.map(({ times, title, track, speakers }) => {
    const beside = [track, ...speakers.map(({ text }) => text)].filter(said => said !== undefined)
    return `- ${times}: ${plain(title)}${beside.length === 0 ? '' : ` (${beside.map(plain).join(', ')})`}`
  })

const priorityLines = (priorities: Awaited<ReturnType<typeof presentPriorities>>): string[] =>
  priorities.flatMap(({ text, dots, by = [] }, place) => [
    `${place + 1}. ${plain(text)}${dots === undefined ? '' : `: ${counted(dots, 'dot', 'dots')}`}`,
    ...(by.length === 0 ? [] : [`   - ${by.map(plain).join(', ')}`]),
  ])

const actionLines = (rows: Awaited<ReturnType<typeof presentActionRows>>): string[] =>
  rows.length === 0
    ? []
    : tableOf(
        ['Action', 'Who', 'Organisation', 'By'],
        rows.map(({ title, href, owner, organisation, due }) => [
          ...[`[${plain(title)}](${encodeURI(href)})`, plain(owner.text), plain(organisation), due],
        ]),
      )

function agreedBy(ids: readonly string[], came: readonly Came[], organisations: Organisations): string {
  if (came.length > 1 && came.every(({ organisationId }) => ids.includes(organisationId)) && came.length === ids.length)
    return `Agreed by all ${came.length} organisations.`
  const names = ids.flatMap(id => organisations.get(id)?.label ?? [])
  return names.length === 0 ? '' : `Agreed by ${names.map(plain).join(', ')}.`
}
