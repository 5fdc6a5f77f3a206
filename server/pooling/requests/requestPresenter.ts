import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { dateAndTime, longDate } from '../../http/dates.ts'
import { audienceText } from '../../knowledge/articles/audience.ts'
import { drawnText } from '../../knowledge/writing/drawnText.ts'
import { dayText } from '../../people/absence.ts'
import type { Byline } from '../../people/bylines.ts'
import type { NamedRecord } from '../../search/searchType.ts'
import type { Services } from '../../services.ts'
import { presentRaisedOn } from '../raisedOn.ts'
import type { HelpRequest } from './requestModel.ts'
import { stateBadge } from './requestRows.ts'
import { openStates, type RequestStep, transitions, typeNames } from './requestStates.ts'
import { mayTake } from './requestSteps.ts'

const credited = ({ name, href }: Byline) => ({ text: name, ...(href === undefined ? {} : { href }) })
const gone = 'somebody who is not here any more'

/** What views/pooling/requests/request prints of the request itself. */
export async function presentRequest(request: HelpRequest, person: SignedInPerson, services: Services) {
  const { search, bylines } = services
  const named = search.namer(person)
  const concerned = [request.askerId, request.helperId, ...request.contributorIds, ...request.changes.map(({ byId }) => byId)]
  const [names, organisations, skills, drawn, days] = await Promise.all([
    bylines.of(
      concerned.filter(id => id !== undefined),
      person,
    ),
    named('organisation', [request.organisationId, ...request.chosenOrganisationIds]),
    named(
      'skill',
      request.skills.map(({ skillId }) => skillId),
    ),
    drawnText(request.text, person, services),
    presentRaisedOn(request, services, person),
  ])
  const nameOf = (id: string | undefined) => (id === undefined ? undefined : names.get(id))
  const href = `/requests/${request.slug}`
  const owns = may(person, { verb: 'change request', record: request })
  return {
    title: request.title,
    type: typeNames[request.type],
    badges: [stateBadge(request)],
    html: drawn.html,
    asker: credited(nameOf(request.askerId) ?? { name: gone, hasLeft: true }),
    organisation: organisationLink(organisations.get(request.organisationId)),
    asked: longDate(request.askedAt),
    ...(owns && openStates.includes(request.state) ? { editHref: `${href}/edit` } : {}),
    about: [...aboutOf(request, organisations, nameOf(request.helperId)), ...days.map(day => ({ label: 'Came up on', ...day }))],
    skills: request.skills.flatMap(({ skillId, level }) => {
      const skill = skills.get(skillId)
      return skill === undefined
        ? []
        : [{ href: `/skills/${skill.slug}`, text: skill.label, level: level === undefined ? '' : `, ${level} or more` }]
    }),
    steps: buttons
      .filter(({ step }) => mayTake(person, step, request))
      .map(({ step, ...button }) => ({ ...button, action: `${href}/${slugOfStep(step)}` })),
    history: request.changes.map(({ step, byId, at }) => ({
      at: dateAndTime(at),
      text: `${byId === undefined ? 'It' : (nameOf(byId)?.name ?? gone)} ${step === 'ask' ? 'asked' : transitions[step].said}`,
    })),
  }
}

const slugOfStep = (step: RequestStep) => step.replaceAll(' ', '-')

/** Steps that are a click; the others have forms of their own. */
const buttons: readonly { step: RequestStep; text: string; classes?: string }[] = [
  { step: 'start', text: 'It has started', classes: 'govuk-button--secondary' },
  { step: 'step back', text: 'I cannot help after all', classes: 'govuk-button--secondary' },
  { step: 'finish', text: 'It is done' },
  { step: 'ask again', text: 'Ask again' },
  { step: 'withdraw', text: 'Withdraw', classes: 'govuk-button--secondary' },
]

const organisationLink = (organisation: NamedRecord | undefined) =>
  organisation === undefined ? undefined : { href: `/organisations/${organisation.slug}`, text: organisation.label }

function aboutOf(request: HelpRequest, organisations: ReadonlyMap<string, NamedRecord>, helper: Byline | undefined) {
  const { work = {}, type, state, expiresAt } = request
  const days = [
    ...(work.from === undefined ? [] : [`from ${dayText(work.from)}`]),
    ...(work.until === undefined ? [] : [`until ${dayText(work.until)}`]),
  ]
  return [
    ...(helper === undefined ? [] : [{ label: 'Who helps', ...credited(helper) }]),
    ...(work.effort === undefined ? [] : [{ label: 'Effort', text: work.effort }]),
    ...(days.length === 0 ? [] : [{ label: 'When', text: days.join(' ') }]),
    ...(type === 'work' ? [{ label: 'Where', text: work.place ?? 'From anywhere' }] : []),
    ...(work.inReturn === undefined ? [] : [{ label: 'In return', text: work.inReturn }]),
    { label: 'Who may read it', text: audienceText(request, organisations) },
    ...(state === 'asked' ? [{ label: 'Expires', text: longDate(expiresAt) }] : []),
  ]
}
