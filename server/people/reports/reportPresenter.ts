import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { Person } from '../personModel.ts'
import type { ProfileReport } from './profileReportModel.ts'
import type { KeptReport, ProfileReports } from './profileReports.ts'

type Typed = Record<string, unknown>

const settledShown = 20
const matterTexts = { left: 'Has left the organisation', wrong: 'Details are wrong', other: 'Something else' } as const
const stateTexts = { open: 'open', handled: 'handled', nothing: 'nothing to do' } as const

/** What the component profileReport prints below a profile; nothing below one's own. */
export async function presentReportLink(reports: ProfileReports, reader: SignedInPerson, person: Person) {
  if (person._id === reader.id) return undefined
  const open = await reports.openOf(reader, person)
  return { href: `/people/${person.slug}/report`, reported: open === undefined ? '' : longDate(open.createdAt) }
}

/** Everything that views/people/reports/form prints. */
export function presentReportForm(person: Person, open: ProfileReport | undefined, typed: Typed, errors: Problems) {
  return {
    title: `Report the profile of ${person.name}`,
    action: `/people/${person.slug}/report`,
    cancelHref: `/people/${person.slug}`,
    /** A second one is refused with its words still there to be copied. */
    reported: open !== undefined && errors.form === undefined ? longDate(open.createdAt) : '',
    matters: Object.entries(matterTexts).map(([value, text]) => ({ value, text, checked: typed.matter === value })),
    words: typed.words,
    errors,
  }
}

/** Everything that views/people/reports/list prints. */
export async function presentReports(
  open: readonly KeptReport[],
  settled: readonly KeptReport[],
  administrator: SignedInPerson,
  services: Services,
) {
  const shown = settled.slice(0, settledShown)
  const present = await presenterOf([...open, ...shown], administrator, services)
  return { title: 'Reported profiles', open: open.map(present), settled: shown.map(present) }
}

/** Everything that views/people/reports/report prints. */
export async function presentReport(kept: KeptReport, administrator: SignedInPerson, services: Services, typed: Typed, errors: Problems) {
  const present = await presenterOf([kept], administrator, services)
  const outcomes = { handled: 'Handled', nothing: 'Nothing to do' }
  return {
    ...present(kept),
    title: `Report about ${kept.person.name}`,
    administerHref: `/admin/people/${encodeURIComponent(kept.person.slug)}`,
    hasLeft: kept.person.status === 'left',
    outcomes: Object.entries(outcomes).map(([value, text]) => ({ value, text, checked: typed.outcome === value })),
    typedNote: typeof typed.note === 'string' ? typed.note : '',
    errors,
  }
}

async function presenterOf(kept: readonly KeptReport[], administrator: SignedInPerson, { people, search }: Services) {
  const ids = new Set(kept.flatMap(({ report: { reporterId, settledById } }) => [reporterId, ...(settledById ? [settledById] : [])]))
  const named = new Map((await people.named({ ids: [...ids] }, administrator)).map(({ _id, name }) => [_id, name]))
  const organisations = await search.namer(administrator)(
    'organisation',
    kept.map(({ person }) => person.organisationId),
  )
  const nameOf = (id: string) => named.get(id) ?? 'somebody who is not here any more'
  return ({ report, person }: KeptReport) => ({
    href: `/admin/reports/${report._id}`,
    name: person.name,
    organisation: organisations.get(person.organisationId)?.label ?? '',
    matter: matterTexts[report.matter],
    words: report.words,
    reported: `Reported by ${nameOf(report.reporterId)} on ${longDate(report.createdAt)}`,
    isOpen: report.state === 'open',
    state: stateTexts[report.state],
    settled: report.settledAt === undefined ? '' : `By ${nameOf(report.settledById ?? '')} on ${longDate(report.settledAt)}`,
    note: report.note ?? '',
  })
}
