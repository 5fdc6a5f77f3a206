import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { markdownToHtml } from '../documents/markdown.ts'
import { longDate } from '../http/dates.ts'
import { pagination } from '../http/pages.ts'
import type { Problems } from '../http/validated.ts'
import { audienceText } from '../knowledge/articles/audience.ts'
import { presentFollowButton } from '../notifications/followingPresenter.ts'
import type { NamedRecord } from '../search/searchType.ts'
import type { Services } from '../services.ts'
import { presentAgenda } from './agenda/sessionPresenter.ts'
import type { Day } from './dayModel.ts'
import { waitingFor, withPlace } from './dayNews.ts'
import type { When } from './dayService.ts'
import { type DayStep, stepId, stepsFrom } from './dayStates.ts'
import { timesText } from './dayTimes.ts'
import { hasMinutes } from './minutes/minutes.ts'
import { presentOutputs } from './outputs/outputPresenter.ts'
import { standingOf } from './registrations/registrations.ts'

export const counted = (count: number, one: string, several: string) => `${count.toLocaleString('en-GB')} ${count === 1 ? one : several}`

interface Listed {
  days: Day[]
  total: number
  when: When
  page: number
  pageSize: number
}

/** Everything that views/days/list prints. */
export async function presentDayList({ days, total, when, page, pageSize }: Listed, person: SignedInPerson, services: Services) {
  const organisations = await services.search.namer(person)(
    'organisation',
    days.map(({ organisationId }) => organisationId),
  )
  const query = (number: number) => [...(when === 'past' ? ['when=past'] : []), ...(number > 1 ? [`page=${number}`] : [])].join('&')
  return {
    title: 'Partnership days',
    isPast: when === 'past',
    mayPlan: may(person, { verb: 'run day' }),
    days: days.map(day => ({
      title: day.title,
      href: `/days/${day.slug}`,
      date: longDate(day.startsAt),
      facts: [timesText(day), day.venue?.name, organisations.get(day.organisationId)?.label, placesText(day)].filter(Boolean),
      badges: badgesOf(day, person),
    })),
    pagination: pagination(page, Math.ceil(total / pageSize), number => `/days${query(number) === '' ? '' : `?${query(number)}`}`),
  }
}

/** Everything that views/days/day prints. */
export async function presentDay(
  day: Day,
  person: SignedInPerson,
  services: Services,
  { typed, errors = {} }: { typed?: Record<string, unknown>; errors?: Problems } = {},
) {
  const mayChange = may(person, { verb: 'run day', record: day })
  const named = services.search.namer(person)
  const [organisations, hosts, agenda, outputs, follow] = await Promise.all([
    named('organisation', [
      day.organisationId,
      ...day.chosenOrganisationIds,
      ...(day.attendance ?? []).map(({ organisationId }) => organisationId),
    ]),
    services.bylines.of(day.hostIds, person),
    presentAgenda(day, person, services, mayChange),
    presentOutputs(day, person, services, { mayRun: mayChange, ...(typed === undefined ? {} : { typed }) }),
    presentFollowButton(services.following, person, 'day', { ...day, name: day.title }),
  ])
  return {
    title: day.title,
    errors,
    date: longDate(day.startsAt),
    times: timesText(day),
    purposeHtml: markdownToHtml(day.purpose),
    badges: badgesOf(day, person),
    organisation: organisations.get(day.organisationId)?.label ?? '',
    audience: audienceText(day, organisations),
    hosts: day.hostIds.flatMap(id => {
      const host = hosts.get(id)
      return host === undefined || host.hasLeft ? [] : [{ text: host.name, ...(host.href === undefined ? {} : { href: host.href }) }]
    }),
    ...(day.venue === undefined ? {} : { venue: day.venue }),
    ...(day.callUrl === undefined ? {} : { callUrl: day.callUrl }),
    calendarHref: `/days/${day.slug}/day.ics`,
    ...presentMinutesLink(day, services.clock.now()),
    follow,
    agenda,
    outputs,
    isReadyToType: 'capture' in outputs && outputs.capture?.isNext === true,
    tracks: [...new Set(day.sessions.flatMap(({ track }) => track ?? []))].length,
    registration: { ...(await presentRegistration(day, person, services, typed)), came: cameFrom(day, organisations) },
    ...(mayChange ? deedsOf(day, services.clock.now()) : {}),
  }
}

function presentMinutesLink(day: Day, now: Date) {
  if (!hasMinutes(day, now)) return {}
  const approval = day.minutes?.approvals.at(-1)
  const says = approval === undefined ? 'not approved yet' : `approved on ${longDate(approval.at)}`
  return { minutes: { href: `/days/${day.slug}/minutes`, says } }
}

const stepTexts: Record<DayStep, string> = { publish: 'Publish', cancel: 'Cancel this day', 'take up again': 'It takes place after all' }

function deedsOf(day: Day, now: Date) {
  const href = `/days/${day.slug}`
  return {
    editHref: `${href}/edit`,
    nextHref: `/days/new?after=${day.slug}`,
    newSessionHref: `${href}/sessions/new`,
    attendanceHref: `${href}/attendance`,
    steps: day.endsAt <= now ? [] : stepsFrom(day.state).map(step => ({ step, action: `${href}/${stepId(step)}`, text: stepTexts[step] })),
    ...(day.state === 'draft' ? { deleteAction: `${href}/delete` } : {}),
  }
}

async function presentRegistration(day: Day, person: SignedInPerson, { needs, clock }: Services, typed?: Record<string, unknown>) {
  const { is, place } = standingOf(day, person.id)
  const isOpen = day.state === 'published' && day.startsAt > clock.now()
  const kept = is === 'has a place' || is === 'waits' ? await needs.of(day, person.id) : undefined
  const text = (field: 'access' | 'diet') => (typeof typed?.[field] === 'string' ? typed[field] : (kept?.[field] ?? ''))
  return {
    isOpen,
    isRegistered: is === 'has a place' || is === 'waits',
    says:
      is === 'waits'
        ? `You are number ${place} on the waiting list.`
        : is === 'has a place'
          ? 'You have a place.'
          : is === 'declined'
            ? 'You said that you do not come.'
            : '',
    places: placesText(day),
    organisations: day.attendance?.length ?? new Set(withPlace(day).map(({ organisationId }) => organisationId)).size,
    action: `/days/${day.slug}/register`,
    declineAction: `/days/${day.slug}/decline`,
    mayDecline: isOpen && is !== 'declined',
    typed: { access: text('access'), diet: text('diet') },
  }
}

/** Where they came from, the most first, as it was counted at the day. */
const cameFrom = ({ attendance = [] }: Day, organisations: ReadonlyMap<string, NamedRecord>) =>
  attendance
    .toSorted((a, b) => b.people - a.people)
    .map(({ organisationId, people }) => ({ name: organisations.get(organisationId)?.label ?? 'Others', people }))

/** "12 of 40 places taken", "3 wait" */
function placesText(day: Day): string {
  if (day.state === 'draft') return ''
  if (day.attendance !== undefined)
    return counted(
      day.attendance.reduce((sum, { people }) => sum + people, 0),
      'person came',
      'people came',
    )
  const [coming, waiting] = [withPlace(day).length, waitingFor(day).length]
  const taken =
    day.capacity === undefined
      ? counted(coming, 'person comes', 'people come')
      : `${coming} of ${counted(day.capacity, 'place', 'places')} taken`
  return waiting === 0 ? taken : `${taken}, ${counted(waiting, 'waits', 'wait')}`
}

function badgesOf(day: Day, person: SignedInPerson) {
  const { is } = standingOf(day, person.id)
  return [
    ...(day.state === 'draft' ? [{ text: 'Draft', kind: 'plain' }] : []),
    ...(day.state === 'cancelled' ? [{ text: 'Cancelled', kind: 'attention' }] : []),
    ...(is === 'has a place' ? [{ text: 'You have a place', kind: 'good' }] : []),
    ...(is === 'waits' ? [{ text: 'You wait for a place', kind: 'attention' }] : []),
  ]
}
