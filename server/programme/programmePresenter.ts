import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { dateAndTime, longDate } from '../http/dates.ts'
import type { Problems } from '../http/validated.ts'
import { dayText, localDate } from '../people/absence.ts'
import type { Services } from '../services.ts'
import type { Action, Decision } from './actionModel.ts'
import { type ActionState, actionStates, openStates, transitions } from './actionStates.ts'
import type { ActionFilter } from './actions.ts'

const chosenStates = ['overdue', ...actionStates, 'all'] as const
const kinds: Record<ActionState, 'good' | 'attention' | 'plain'> = {
  ...{ open: 'plain', 'under way': 'plain', blocked: 'attention', done: 'good', dropped: 'plain' },
}

/** An action as a line of a list. */
export async function presentActionRows(actions: readonly Action[], person: SignedInPerson, { search, bylines, clock }: Services) {
  const named = search.namer(person)
  const [organisations, days, owners] = await Promise.all([
    named(
      'organisation',
      actions.map(({ organisationId }) => organisationId),
    ),
    named(
      'day',
      actions.map(({ source }) => source.dayId),
    ),
    bylines.of(
      actions.flatMap(({ ownerId }) => ownerId ?? []),
      person,
    ),
  ])
  const today = localDate(clock.now())
  return actions.map(action => {
    const owner = owners.get(action.ownerId ?? '')
    const day = days.get(action.source.dayId)
    const isLate = action.due !== undefined && action.due < today && openStates.includes(action.state)
    return {
      title: action.title,
      href: `/programme/actions/${action.slug}`,
      owner: owner === undefined || owner.hasLeft ? { text: 'Nobody at present' } : { text: owner.name, href: owner.href },
      organisation: organisations.get(action.organisationId)?.label ?? '',
      due: action.due === undefined ? '' : dayText(action.due),
      ...(day === undefined ? {} : { day: { text: day.label, href: `/days/${day.slug}` } }),
      badges: [{ text: action.state, kind: kinds[action.state] }, ...(isLate ? [{ text: 'overdue', kind: 'attention' }] : [])],
      ...(action.proof === undefined ? {} : { proof: proofOf(action.proof) }),
    }
  })
}

/** Words, or the address of what came of it. */
const proofOf = (proof: string) => (/^(https:\/\/|\/(?!\/))\S+$/.test(proof) ? { text: proof, href: proof } : { text: proof })

/** Everything that views/programme/actions prints. Those who are asked for by what is not there are asked for by nobody. */
export async function presentActions(query: Record<string, unknown>, person: SignedInPerson, services: Services) {
  const asked = (field: string) => (typeof query[field] === 'string' ? (query[field] as string) : '')
  const slug = { owner: asked('owner'), organisation: asked('organisation'), day: asked('day') }
  const state = chosenStates.find(one => one === asked('state'))
  const [owner, organisation, day] = await Promise.all([
    slug.owner === '' ? undefined : services.search.directory('author').bySlugs([slug.owner], person),
    slug.organisation === '' ? undefined : services.search.directory('organisation').bySlugs([slug.organisation], person),
    slug.day === '' ? undefined : services.search.directory('day').bySlugs([slug.day], person),
  ])
  const filter: ActionFilter = {
    ...(owner === undefined ? {} : { ownerId: owner[0]?.id ?? '' }),
    ...(organisation === undefined ? {} : { organisationId: organisation[0]?.id ?? '' }),
    ...(day === undefined ? {} : { dayId: day[0]?.id ?? '' }),
    ...(state === undefined ? {} : { state }),
  }
  const [found, all, organisations] = await Promise.all([
    services.actions.list(person, filter),
    services.actions.list(person, { state: 'all' }),
    services.organisations.list(person),
  ])
  const named = services.search.namer(person)
  const [owners, days] = await Promise.all([
    named('author', [...new Set(all.flatMap(({ ownerId }) => ownerId ?? []))]),
    named('day', [...new Set(all.map(({ source }) => source.dayId))]),
  ])
  const items = (any: string, offered: readonly { slug: string; label: string }[], chosen: string) => [
    { value: '', text: any, selected: chosen === '' },
    ...offered.map(({ slug: value, label: text }) => ({ value, text, selected: value === chosen })),
  ]
  return {
    title: 'Actions',
    rows: await presentActionRows(found, person, services),
    owners: items('Everybody', [...owners.values()], slug.owner),
    organisations: items(
      'All organisations',
      organisations.map(({ slug: one, name }) => ({ slug: one, label: name })),
      slug.organisation,
    ),
    days: items('All days', [...days.values()], slug.day),
    states: items(
      'Still to be done',
      chosenStates.map(one => ({ slug: one, label: one })),
      state ?? '',
    ),
  }
}

/** Everything that views/programme/action prints. */
export async function presentAction(
  { action, typed, errors = {} }: { action: Action; typed?: Record<string, unknown>; errors?: Problems },
  person: SignedInPerson,
  services: Services,
) {
  const [row] = await presentActionRows([action], person, services)
  const who = await services.bylines.of(
    action.changes.flatMap(({ byId }) => byId ?? []),
    person,
  )
  return {
    ...row,
    title: action.title,
    errors,
    changes: action.changes.map(({ to, at, byId, reason }) => ({ to, at: dateAndTime(at), by: who.get(byId ?? '')?.name ?? '', reason })),
    ...(may(person, { verb: 'keep action', record: action })
      ? {
          action: `/programme/actions/${action.slug}`,
          states: transitions[action.state].map(value => ({ value, text: value, checked: typed?.to === value })),
          said: typeof typed?.said === 'string' ? typed.said : '',
        }
      : {}),
  }
}

/** Everything that views/programme/decision prints. */
export async function presentDecision(decision: Decision, person: SignedInPerson, { search }: Services) {
  const named = search.namer(person)
  const [organisations, days] = await Promise.all([named('organisation', decision.agreedByIds), named('day', [decision.source.dayId])])
  const day = days.get(decision.source.dayId)
  return {
    title: decision.title,
    why: decision.why,
    agreedBy: [...organisations.values()].map(({ label, slug }) => ({ text: label, href: `/organisations/${slug}` })),
    reviewOn: decision.reviewOn === undefined ? '' : dayText(decision.reviewOn),
    decidedOn: longDate(decision.createdAt),
    ...(day === undefined ? {} : { day: { text: day.label, href: `/days/${day.slug}` } }),
  }
}
