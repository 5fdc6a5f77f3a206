import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Problems } from '../../http/validated.ts'
import type { Namer } from '../../search/searchType.ts'
import type { Services } from '../../services.ts'
import { levels } from '../../skills/levels.ts'
import { dayOfForm } from '../raisedOn.ts'
import { mayHelp, presentMayHelp } from './mayHelp.ts'
import type { HelpRequest } from './requestModel.ts'
import { type RequestType, requestTypes, typeNames } from './requestStates.ts'

type Typed = Record<string, unknown>

/** As it starts. @param text  what somebody searched for and did not find */
export const newRequest = (text?: string): Typed => ({
  ...{ type: 'question', visibility: 'partnership', revision: 0 },
  ...(text === undefined ? {} : { title: text.slice(0, 200), text }),
})

/** A kept request as it would have been typed. */
export async function typedRequest(request: HelpRequest, named: Namer): Promise<Typed> {
  const [skills, organisations] = await Promise.all([
    named(
      'skill',
      request.skills.map(({ skillId }) => skillId),
    ),
    named('organisation', request.chosenOrganisationIds),
  ])
  const { type, title, text, visibility, revision, work } = request
  const labels = [...skills.values()].map(({ label }) => label).join(', ')
  const chosenOrganisations = [...organisations.values()].map(({ slug }) => slug)
  return { type, title, text, visibility, revision, ...work, skills: labels, level: request.skills[0]?.level ?? '', chosenOrganisations }
}

const typeHints: Readonly<Record<RequestType, string>> = {
  question: 'Answered in the open; you accept the answer that helps',
  work: 'Somebody who has the skills does it, or does it with you',
}

const audiences: Readonly<Record<HelpRequest['visibility'], string>> = {
  partnership: 'Everybody in the partnership',
  organisation: 'Your organisation',
  chosen: 'Your organisation and those chosen below',
}

interface FormAsked {
  typed: Typed
  errors?: Problems
  request?: HelpRequest
  /** Whether to look for what may help already. */
  looks?: boolean
}

/** Everything that views/pooling/requests/form prints, with what was typed still there. */
export async function presentRequestForm(
  { typed, errors = {}, request, looks = false }: FormAsked,
  person: SignedInPerson,
  services: Services,
) {
  const [organisations, came, helps] = await Promise.all([
    services.organisations.list(person),
    dayOfForm(typed.day, services, person),
    looks ? mayHelp(typed, person, services, request?._id) : undefined,
  ])
  const others = organisations.filter(({ _id }) => _id !== person.organisationId)
  const chosen = [typed.chosenOrganisations].flat()
  const text = (field: string) => (typeof typed[field] === 'string' ? typed[field] : '')
  const href = request === undefined ? '/requests' : `/requests/${request.slug}`
  const lookAction = request === undefined ? '/requests/new' : `${href}/edit`
  return {
    title: request === undefined ? 'Ask for help' : `Edit “${request.title}”`,
    errors,
    action: href,
    lookAction,
    helpAction: `${lookAction}/may-help`,
    cancelHref: href,
    saveText: request === undefined ? 'Ask' : 'Save',
    revision: String(typed.revision ?? request?.revision ?? 0),
    ...came,
    ...presentMayHelp(helps),
    typed: Object.fromEntries(
      ['title', 'text', 'skills', 'effort', 'from', 'until', 'place', 'inReturn'].map(field => [field, text(field)]),
    ),
    types: requestTypes.map(value => ({ value, text: typeNames[value], hint: { text: typeHints[value] }, checked: typed.type === value })),
    levels: ['', ...levels].map(value => ({
      value,
      text: value === '' ? 'Any' : `${capital(value)} or more`,
      selected: text('level') === value,
    })),
    visibilities: Object.entries(audiences)
      .filter(([id]) => id !== 'chosen' || others.length > 0)
      .map(([value, of]) => ({ value, text: of, checked: typed.visibility === value })),
    organisations: others.map(({ slug, name }) => ({ value: slug, text: name, checked: chosen.includes(slug) })),
  }
}

const capital = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`
