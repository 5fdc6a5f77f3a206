import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import { stands } from '../../pooling/offers/offerService.ts'
import { stateBadge } from '../../pooling/requests/requestRows.ts'
import { presentActionRows } from '../../programme/programmePresenter.ts'
import type { Services } from '../../services.ts'
import type { Day, Priority } from '../dayModel.ts'
import { kindsFor } from './capture.ts'
import { dotsField } from './outputForms.ts'
import { mayVote } from './votes.ts'

/** What a day agreed, and the forms to say it, as views/days/outputs prints it. */
export async function presentOutputs(
  day: Day,
  person: SignedInPerson,
  services: Services,
  { mayRun, typed = {} }: { mayRun: boolean; typed?: Record<string, unknown> },
) {
  const [actions, decisions, raised, carried] = await Promise.all([
    services.actions.list(person, { dayId: day._id, state: 'all' }),
    services.decisions.list(person, day._id),
    presentRaised(day, person, services),
    services.outputs.carriedOver(person, day),
  ])
  const text = (field: string) => (typeof typed[field] === 'string' ? (typed[field] as string) : '')
  const href = `/days/${day.slug}`
  return {
    ...(await presentVote(day, person, services, typed)),
    priorities: await presentPriorities(day, person, services),
    decisions: decisions.map(({ title, slug, why }) => ({ title, why, href: `/programme/decisions/${slug}` })),
    actions: await presentActionRows(actions, person, services),
    ...raised,
    ...presentCapture(day, person, typed),
    carried: await Promise.all(
      carried.map(async ({ day: earlier, actions: left }) => ({
        heading: `Carried over from ${longDate(earlier.startsAt)}`,
        href: `/days/${earlier.slug}`,
        rows: await presentActionRows(left, person, services),
      })),
    ),
    ...(mayRun
      ? {
          forms: {
            ...{ priority: `${href}/priorities`, decision: `${href}/decisions`, action: `${href}/actions` },
            mayAddPriority: day.vote === undefined,
            ...(day.vote === undefined && day.priorities.length > 1 ? { openVote: `${href}/vote/open` } : {}),
            ...(day.vote !== undefined && (day.vote.state === 'open' || !day.priorities.every(({ dots }) => dots !== undefined))
              ? { closeVote: `${href}/vote/close` }
              : {}),
            typed: Object.fromEntries(
              ['priority', 'decision', 'why', 'reviewOn', 'action', 'owner', 'due', 'dots'].map(field => [field, text(field)]),
            ),
            serves: [
              { value: '', text: 'No priority' },
              ...day.priorities.map(({ id, text: said }) => ({ value: id, text: said, selected: typed.serves === id })),
            ],
          },
        }
      : {}),
  }
}

function presentCapture(day: Day, person: SignedInPerson, { captured, line }: Record<string, unknown>) {
  const kinds = kindsFor(person, day)
  if (kinds.length === 0) return {}
  return {
    capture: {
      action: `/days/${day.slug}/capture`,
      kinds: kinds.map(kind => ({ value: kind, text: `${kind[0]?.toUpperCase()}${kind.slice(1)}`, selected: kind === captured })),
      hint: `Or begin the line with what it is: "${kinds.at(-1)}: …"`,
      line: typeof line === 'string' ? line : '',
      isNext: kinds.some(kind => kind === captured),
    },
  }
}

/** What was asked and offered on the day, and where more of it begins. */
async function presentRaised(day: Day, person: SignedInPerson, { requests, offers, clock }: Services) {
  const [asked, offered] = await Promise.all([requests.ofDay(person, day._id), offers.ofDay(person, day._id)])
  const from = `?day=${encodeURIComponent(day.slug)}`
  return {
    requests: asked.map(request => ({ title: request.title, href: `/requests/${request.slug}`, badge: stateBadge(request) })),
    offers: offered.map(offer => ({
      ...{ title: offer.title, href: `/offers/${offer.slug}` },
      ...(stands(offer, clock.now()) ? {} : { badge: { text: 'Not offered any more', kind: 'plain' } }),
    })),
    ...(day.state === 'published' ? { askHref: `/requests/new${from}`, offerHref: `/offers/new${from}` } : {}),
  }
}

/** With the most dots first, once they are counted. */
export async function presentPriorities(day: Day, person: SignedInPerson, { search }: Services) {
  const isClosed = day.vote?.state === 'closed'
  const organisations = await search.namer(person)(
    'organisation',
    isClosed ? day.priorities.flatMap(({ byOrganisation = [] }) => byOrganisation.map(({ organisationId }) => organisationId)) : [],
  )
  const shown = day.priorities.map(({ id, text, dots, byOrganisation = [] }: Priority) => ({
    id,
    text,
    ...(isClosed && dots !== undefined
      ? {
          dots,
          by: byOrganisation.map(({ organisationId, dots: count }) => `${organisations.get(organisationId)?.label ?? 'Others'} ${count}`),
        }
      : {}),
  }))
  return isClosed ? shown.sort((a, b) => (b.dots ?? 0) - (a.dots ?? 0)) : shown
}

async function presentVote(day: Day, person: SignedInPerson, { votes }: Services, typed: Record<string, unknown>) {
  if (day.vote?.state !== 'open') return {}
  const [ballot, turnout] = await Promise.all([votes.ballotOf(day, person.id), votes.turnout(day)])
  return {
    vote: {
      turnout,
      dots: day.vote.dots,
      hasVoted: ballot !== undefined,
      ...(mayVote(person, day)
        ? {
            action: `/days/${day.slug}/vote`,
            fields: day.priorities.map(({ id, text }) => {
              const name = dotsField(id)
              const kept = ballot?.dots.find(({ priorityId }) => priorityId === id)?.count
              return { name, label: text, value: typeof typed[name] === 'string' ? typed[name] : String(kept ?? '') }
            }),
          }
        : {}),
    },
  }
}
