import type { Role } from './roles.ts'

/** Readers of a record and tokens of a person are the same strings: a record is readable when the two meet. */
export const partnershipToken = 'partnership'
export const publicToken = 'public'
export const organisationToken = (id: string) => `organisation:${id}`
export const editorsToken = (organisationId: string) => `editors:${organisationId}`
export const administratorsToken = 'administrators'
export const ownAdministratorsToken = (organisationId: string) => `administrators:${organisationId}`
export const teamToken = (id: string) => `team:${id}`
export const personToken = (id: string) => `person:${id}`

/** Whoever reads: what they may see are the records that have one of these tokens among their readers. */
export interface Reader {
  readonly tokens: readonly string[]
}

/** A person as signed in, computed anew for each request. */
export interface SignedInPerson extends Reader {
  readonly id: string
  readonly name: string
  readonly slug: string
  /** Where the small photo is, for those who have one. */
  readonly photoHref?: string
  readonly organisationId: string
  readonly teamIds: readonly string[]
  readonly roles: readonly Role[]
}

export const visitor: Reader = { tokens: [publicToken] }

const editing: readonly Role[] = ['editor', 'organisation administrator', 'partnership administrator']

const administering: readonly Role[] = ['organisation administrator', 'partnership administrator']

/** The tokens of somebody who may sign in. Somebody suspended or gone has none: they are not asked for. */
export function accessTokens(person: { id: string; organisationId: string; teamIds: readonly string[]; roles: readonly Role[] }): string[] {
  return [
    publicToken,
    partnershipToken,
    personToken(person.id),
    organisationToken(person.organisationId),
    ...person.teamIds.map(teamToken),
    ...(person.roles.some(role => editing.includes(role)) ? [editorsToken(person.organisationId)] : []),
    ...(person.roles.some(role => administering.includes(role)) ? [ownAdministratorsToken(person.organisationId)] : []),
    ...(person.roles.includes('partnership administrator') ? [administratorsToken] : []),
  ]
}
