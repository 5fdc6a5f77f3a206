import { editorsToken, organisationToken, partnershipToken, personToken, teamToken } from './accessTokens.ts'

export const visibilities = ['team', 'organisation', 'chosen', 'partnership'] as const
export type Visibility = (typeof visibilities)[number]

export interface Owned {
  organisationId: string
  authorIds: readonly string[]
  owner: { teamId: string; personId?: never } | { personId: string; teamId?: never }
  visibility: Visibility
  chosenOrganisationIds: readonly string[]
  state: string
}

/** Who reads a record that people write: a draft its authors, its team and the editors of its organisation, whatever its visibility will be. */
export function readersOf(record: Owned): string[] {
  const close = [...record.authorIds.map(personToken), ...ownerTokens(record), editorsToken(record.organisationId)]
  return [...new Set(record.state === 'published' ? [...close, ...audience(record)] : close)].sort()
}

function ownerTokens({ owner }: Owned): string[] {
  return owner.teamId === undefined ? [personToken(owner.personId)] : [teamToken(owner.teamId)]
}

function audience(record: Owned): string[] {
  switch (record.visibility) {
    case 'partnership':
      return [partnershipToken]
    case 'organisation':
      return [organisationToken(record.organisationId)]
    case 'chosen':
      return [record.organisationId, ...record.chosenOrganisationIds].map(organisationToken)
    case 'team':
      return []
  }
}
