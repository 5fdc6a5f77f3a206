import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { type Role, roles } from '../../access/roles.ts'
import type { AccountState, PersonWithAccount } from '../../accounts/accountAdministration.ts'
import type { IssuedLink } from '../../accounts/invitations.ts'
import { dateAndTime } from '../../http/dates.ts'
import { pagination } from '../../http/pages.ts'
import type { Services } from '../../services.ts'

const states: Record<AccountState, string> = {
  none: 'No account',
  invited: 'Invited',
  'invitation over': 'Invitation over',
  active: 'Can sign in',
  suspended: 'Suspended',
  left: 'Left',
}

const pageOf = (slug: string) => `/admin/people/${encodeURIComponent(slug)}`
const given = (people: readonly Role[]) => people.filter(role => role !== 'member')

interface PeopleFound {
  rows: readonly PersonWithAccount[]
  total: number
  named: string
  haveLeft: boolean
  page: number
  pageSize: number
}

export async function presentPeople(
  { rows, total, named, haveLeft, page, pageSize }: PeopleFound,
  reader: SignedInPerson,
  { search }: Services,
) {
  const organisations = await search.namer(reader)(
    'organisation',
    rows.map(({ person }) => person.organisationId),
  )
  const asked = (left: boolean) => new URLSearchParams({ ...(left ? { who: 'left' } : {}), ...(named === '' ? {} : { name: named }) })
  const address = (number: number) => {
    const parameters = asked(haveLeft)
    parameters.set('page', String(number))
    return `/admin/people?${parameters}`
  }
  return {
    title: 'People and their accounts',
    named,
    haveLeft,
    kinds: [
      { text: 'Here', href: `/admin/people?${asked(false)}`.replace(/\?$/, ''), current: !haveLeft },
      { text: 'Left', href: `/admin/people?${asked(true)}`, current: haveLeft },
    ],
    total: total.toLocaleString('en-GB'),
    rows: rows.map(({ person, state, email }) => ({
      name: person.name,
      href: pageOf(person.slug),
      organisation: organisations.get(person.organisationId)?.label ?? '',
      email: email ?? '',
      roles: given(person.roles).join(', '),
      state: states[state],
      stands: state === 'active' ? 'good' : 'attention',
    })),
    pagination: pagination(page, Math.ceil(total / pageSize), address),
  }
}

export async function presentPerson(
  { person, state, email }: PersonWithAccount,
  administrator: SignedInPerson,
  { search, outbox }: Services,
) {
  const organisation = (await search.namer(administrator)('organisation', [person.organisationId])).get(person.organisationId)
  const isOneself = person._id === administrator.id
  return {
    title: person.name,
    ...(state === 'left' ? {} : { profileHref: `/people/${encodeURIComponent(person.slug)}` }),
    handoverHref: `${pageOf(person.slug)}/handover`,
    hasLeft: state === 'left',
    action: pageOf(person.slug),
    organisation: organisation?.label ?? '',
    email: email ?? person.email ?? '',
    state: states[state],
    roles: person.roles.join(', '),
    mailIsOn: outbox.isOn,
    mayOpen: state === 'none',
    linkText: {
      active: 'Make a link to choose a new password',
      invited: 'Make a new invitation',
      'invitation over': 'Make a new invitation',
      none: '',
      suspended: '',
      left: '',
    }[state],
    maySuspend: !isOneself && !['none', 'suspended', 'left'].includes(state),
    mayResume: state === 'suspended',
    roleChoices: state === 'left' ? [] : roleChoices(administrator, person.organisationId, person.roles),
  }
}

export async function presentInvitation(typed: Record<string, unknown>, administrator: SignedInPerson, { invitations, outbox }: Services) {
  const organisations = await invitations.organisationsFor(administrator)
  const text = (field: string) => (typeof typed[field] === 'string' ? typed[field] : '')
  const asked = text('organisationId') || administrator.organisationId
  return {
    title: 'Invite somebody',
    mailIsOn: outbox.isOn,
    typed: { name: text('name'), email: text('email'), role: text('role') },
    organisations: organisations.map(({ _id, name }) => ({ value: _id, text: name, selected: _id === asked })),
    roleChoices: roleChoices(administrator, administrator.organisationId, [typed.roles].flat() as Role[]),
  }
}

/** Only what this administrator may give. */
function roleChoices(administrator: SignedInPerson, organisationId: string, chosen: readonly Role[]) {
  return given(roles)
    .filter(role => may(administrator, { verb: 'give role', record: { role, organisationId } }))
    .map(role => ({ value: role, text: `${role.charAt(0).toUpperCase()}${role.slice(1)}`, checked: chosen.includes(role) }))
}

export function presentLink({ link, name, site, personHref }: { link: IssuedLink; name: string; site: string; personHref: string }) {
  return {
    title: link.purpose === 'invitation' ? `An invitation for ${name}` : `A new password for ${name}`,
    name,
    address: `${site}/links/${link.token}`,
    until: dateAndTime(link.expiresAt),
    personHref,
  }
}
