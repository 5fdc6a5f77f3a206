import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Reason } from '../../search/reasons.ts'
import type { Services } from '../../services.ts'
import type { HelpRequest, Invitation } from '../requests/requestModel.ts'
import type { Match } from './matching.ts'
import { mostInvited, waiting } from './requestInvitations.ts'

const shown = 10

/** What views/pooling/matching/matching prints: to whoever asked whom they can invite, to whoever is invited what they can say. */
export async function presentMatching(
  request: HelpRequest,
  person: SignedInPerson,
  services: Pick<Services, 'matching' | 'bylines' | 'search'>,
  typed: Record<string, unknown> = {},
) {
  const href = `/requests/${request.slug}`
  const isInvited = request.state === 'asked' && waiting(request).some(({ personId }) => personId === person.id)
  return {
    ...(isInvited ? { invited: { acceptAction: `${href}/accept`, declineAction: `${href}/decline` } } : {}),
    ...(request.askerId === person.id ? await presentForAsker(request, person, services, typed) : {}),
  }
}

async function presentForAsker(
  request: HelpRequest,
  person: SignedInPerson,
  { matching, bylines, search }: Pick<Services, 'matching' | 'bylines' | 'search'>,
  typed: Record<string, unknown>,
) {
  const left = request.state === 'asked' ? mostInvited - waiting(request).length : 0
  const [matches, names] = await Promise.all([
    left > 0 ? matching.bestFor(request, person, shown) : [],
    bylines.of(
      request.invitations.map(({ personId }) => personId),
      person,
    ),
  ])
  const organisations = await search.namer(person)(
    'organisation',
    matches.map(match => match.person.organisationId),
  )
  const chosen = [typed.people].flat()
  return {
    isAsked: request.state === 'asked',
    asksForMe: request.asksForMe === true,
    left,
    inviteAction: `/requests/${request.slug}/invite`,
    askForMeAction: `/requests/${request.slug}/ask-for-me`,
    matches: matches.map(match => ({
      ...choiceOf(match, organisations.get(match.person.organisationId)?.label),
      checked: chosen.includes(match.person.slug),
    })),
    invitations: request.invitations.map(invitation => ({
      by: names.get(invitation.personId) ?? { name: 'somebody who is not here any more' },
      text: invitationText(invitation),
    })),
  }
}

const choiceOf = ({ person: { slug, name, role }, reasons }: Match, organisation = '') => ({
  value: slug,
  text: name,
  hint: { text: [role, organisation, ...reasons.map(reasonText)].filter(part => part !== '').join(' · ') },
})

const shapes: Readonly<Record<Reason['shape'], string>> = { declared: 'declares ', confirmed: '', shown: '' }
const reasonText = ({ shape, before, link, after = '' }: Reason) =>
  `${shapes[shape]}${before}${before === '' || before.endsWith(' ') ? '' : ' '}${link?.text ?? ''}${after}`

function invitationText({ state, at, decidedAt = at }: Invitation): string {
  switch (state) {
    case 'invited':
      return `invited on ${longDate(at)}`
    case 'accepted':
      return `agreed on ${longDate(decidedAt)}`
    case 'declined':
      return 'cannot help this time'
    case 'silent':
      return 'did not answer'
    case 'closed':
      return 'not needed any more'
  }
}
