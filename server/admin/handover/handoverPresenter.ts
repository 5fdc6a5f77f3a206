import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { OwnedPart } from '../../handover.ts'
import type { Problems } from '../../http/validated.ts'
import type { JobRecord } from '../../jobs/jobModel.ts'
import type { Services } from '../../services.ts'
import { nobodyField } from './handoverForms.ts'
import type { OpenedHandover } from './handovers.ts'
import type { Waiting } from './unowned.ts'

const mostShown = 10
const mostSuggested = 300
const refreshSeconds = 5
const count = (number: number) => number.toLocaleString('en-GB')
const pageOf = (slug: string) => `/admin/people/${encodeURIComponent(slug)}`

/** Everything that views/admin/handover prints. */
export async function presentHandover(
  { found: { person, state, hasPassword }, parts, fingerprint }: OpenedHandover,
  administrator: SignedInPerson,
  services: Services,
  typed: Record<string, unknown> = {},
  errors: Problems = {},
) {
  const job = await services.queuedHandovers.lastFor(person)
  const owned = parts.filter(({ things }) => things.length > 0)
  return {
    title: `What ${person.name} owns`,
    name: person.name,
    personHref: pageOf(person.slug),
    action: `${pageOf(person.slug)}/handover`,
    hasLeft: state === 'left',
    /** After an interruption, or when a file said that they left. */
    isAccountOpen: state === 'left' && hasPassword === true,
    mayLeave: state !== 'left' && person._id !== administrator.id,
    opened: String(errors.form === undefined ? (typed.opened ?? fingerprint) : fingerprint),
    parts: owned.map(part => presentPart(part, typed, errors)),
    errors,
    ...(owned.length === 0 ? { people: [], teams: [] } : await receiversSuggested(person.organisationId, administrator, services)),
    ...presentJob(job),
  }
}

const hints = {
  anybody: 'Name of a person',
  colleagues: 'Name of a person of the same organisation',
  'own organisation': 'Name of a person of the same organisation, or of one of its teams',
}

function presentPart({ handover, things }: OwnedPart, typed: Record<string, unknown>, errors: Problems) {
  const { kind, title, question, receivers, withoutReceiver } = handover
  const seen = things.filter(thing => thing.title !== undefined)
  const shown = seen.slice(0, mostShown)
  const unseen = things.length - seen.length
  return {
    kind,
    title: `${title} (${count(things.length)})`,
    shown,
    more: [
      ...(seen.length > shown.length ? [`and ${count(seen.length - shown.length)} more`] : []),
      ...(unseen > 0 ? [`${count(unseen)} of them ${unseen === 1 ? 'is' : 'are'} not shared with you`] : []),
    ].join('; '),
    label: question,
    about: title.toLowerCase(),
    hint: hints[receivers],
    list: receivers === 'own organisation' ? 'receivers' : 'people',
    value: typeof typed[kind] === 'string' ? typed[kind] : '',
    error: errors[kind],
    nobodyField: nobodyField(kind),
    isNobody: typed[nobodyField(kind)] === 'yes',
    withoutReceiver,
  }
}

async function receiversSuggested(organisationId: string, administrator: SignedInPerson, { people, teams }: Services) {
  const colleagues = await people.list(administrator, { organisationId, status: 'active' }, { from: 0, size: mostSuggested })
  return {
    people: [...new Set(colleagues.people.map(({ name }) => name))],
    teams: (await teams.ofOrganisation(administrator, organisationId)).map(({ name }) => name),
  }
}

function presentJob(job: JobRecord | undefined) {
  if (job === undefined) return {}
  const { state, result, progress: { done = 0, total = 0 } = {} } = job
  if (state === 'waiting' || state === 'running') {
    const text = total === 0 ? 'It begins in a moment' : `${count(done)} of ${count(total)}`
    return { refreshSeconds, progress: { label: 'Handing over', value: done, max: Math.max(total, 1), text } }
  }
  return { over: state === 'done' ? (result ?? '') : 'Handing over was interrupted. What is left is below: hand it over once more.' }
}

/** Everything that views/admin/unowned prints. */
export async function presentUnowned(administrator: SignedInPerson, { unowned, search }: Services) {
  const [waiting, articles] = await Promise.all([unowned.leavers(administrator), unowned.articles(administrator)])
  const organisations = await search.namer(administrator)('organisation', [
    ...waiting.map(({ person }) => person.organisationId),
    ...articles.map(({ article }) => article.organisationId),
  ])
  const nameOf = (id: string) => organisations.get(id)?.label ?? ''
  return {
    title: 'Left and not handed over',
    waiting: waiting.map(({ person, parts }) => ({
      ...presentWaiting({ person, parts }),
      organisation: nameOf(person.organisationId),
    })),
    articles: articles.map(({ article, owner }) => ({
      title: article.title,
      href: `/knowledge/${article.slug}`,
      editHref: `/knowledge/${article.slug}/edit`,
      isDraft: article.state === 'draft',
      facts: `${owner.name} has left · ${nameOf(article.organisationId)}`,
    })),
  }
}

/** A row of whoever left and still owns something. */
export const presentWaiting = ({ person, parts }: Waiting) => ({
  name: person.name,
  href: `${pageOf(person.slug)}/handover`,
  owns: parts.map(({ handover, things }) => `${handover.title}: ${count(things.length)}`).join(' · '),
})
