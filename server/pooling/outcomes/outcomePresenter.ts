import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import type { HelpRequest } from '../requests/requestModel.ts'

type Typed = Record<string, unknown>

/** What views/pooling/outcomes/outcome prints below a request that is done. */
export async function presentOutcome(
  request: HelpRequest,
  person: SignedInPerson,
  services: Pick<Services, 'answers' | 'search' | 'bylines'>,
  typed: Typed = {},
) {
  if (request.state !== 'done') return {}
  const href = `/requests/${request.slug}`
  const isContributor = request.contributorIds.includes(person.id)
  const isConcerned = [request.askerId, request.helperId, ...request.contributorIds].includes(person.id)
  const { outcome } = request
  return {
    said: outcome === undefined ? [] : saidOf(outcome),
    thanks: outcome?.thanks,
    ...(request.askerId === person.id ? { form: formOf(request, typed) } : {}),
    ...(request.helperId === person.id && outcome?.isSolved && !isContributor ? { agreeAction: `${href}/evidence` } : {}),
    ...(isContributor ? { takeOffAction: `${href}/evidence/take-off` } : {}),
    ...(isConcerned ? { writeUp: await articleFrom(request, person, services) } : {}),
  }
}

function saidOf({ isSolved, hours, saved }: NonNullable<HelpRequest['outcome']>): string[] {
  return [
    isSolved ? 'Solved' : 'Not solved',
    ...(hours === undefined ? [] : [hours === 1 ? '1 hour' : `${hours.toLocaleString('en-GB')} hours`]),
    ...(saved === undefined ? [] : [`saved ${saved}`]),
  ]
}

function formOf({ slug, outcome }: HelpRequest, typed: Typed) {
  const text = (field: string, kept: unknown) => (typeof typed[field] === 'string' ? typed[field] : kept === undefined ? '' : String(kept))
  const solved = typed.solved ?? (outcome === undefined ? undefined : outcome.isSolved ? 'yes' : 'no')
  return {
    action: `/requests/${slug}/outcome`,
    title: outcome === undefined ? 'What came of it' : 'Change what you said',
    solved: ['yes', 'no'].map(value => ({ value, text: value === 'yes' ? 'Yes' : 'No', checked: value === solved })),
    hours: text('hours', outcome?.hours),
    saved: text('saved', outcome?.saved),
    thanks: text('thanks', outcome?.thanks),
  }
}

/** The form of a new article, filled in: what was asked, then what helped. Its fields go to the form as if its writer had asked for another kind. */
async function articleFrom(
  request: HelpRequest,
  person: SignedInPerson,
  { answers, search, bylines }: Pick<Services, 'answers' | 'search' | 'bylines'>,
) {
  const named = search.namer(person)
  const [all, skills, organisations, helpers] = await Promise.all([
    answers.of(request),
    named(
      'skill',
      request.skills.map(({ skillId }) => skillId),
    ),
    named('organisation', request.chosenOrganisationIds),
    bylines.of(
      [...request.contributorIds, ...(request.helperId === undefined ? [] : [request.helperId])].filter(id => id !== person.id),
      person,
    ),
  ])
  const accepted = all.find(({ _id }) => _id === request.acceptedAnswerId)
  const labels = (records: ReadonlyMap<string, { label: string }>) => [...records.values()].map(({ label }) => label).join(', ')
  const fields = {
    kind: 'lesson-learned',
    title: request.title,
    text: [request.text, ...(accepted === undefined ? [] : ['## What helped', accepted.text])].join('\n\n'),
    skills: labels(skills),
    thanks: [...helpers.values()]
      .filter(({ href }) => href !== undefined)
      .map(({ name }) => name)
      .join(', '),
    visibility: request.visibility,
    owner: 'me',
    marking: 'OFFICIAL',
    revision: '0',
  }
  return [
    ...Object.entries(fields).map(([name, value]) => ({ name, value })),
    ...[...organisations.values()].map(({ slug }) => ({ name: 'chosenOrganisations', value: slug })),
  ]
}
