import { editorsToken, organisationToken, partnershipToken, personToken, teamToken } from './accessTokens.ts'

export const visibilities = ['team', 'organisation', 'chosen', 'partnership'] as const
export type Visibility = (typeof visibilities)[number]

/** How far a text may travel: OFFICIAL is for the partnership, the other never goes beyond chosen organisations, mails or feeds. */
export const markings = ['OFFICIAL', 'OFFICIAL-SENSITIVE'] as const
export type Marking = (typeof markings)[number]

/** The states in which a record is there for its readers; before, it is for those who write it. */
const shownStates: readonly string[] = ['published', 'needs review', 'archived', 'superseded']

export interface Owned {
  organisationId: string
  authorIds: readonly string[]
  owner: { teamId: string; personId?: never } | { personId: string; teamId?: never }
  visibility: Visibility
  chosenOrganisationIds: readonly string[]
  state: string
  marking?: Marking
  /** Who is named to agree; `approval` is there while they are asked. */
  approverId?: string
  approval?: object
}

/** Who reads a record that people write: a draft its authors, its team and the editors of its organisation, whatever its visibility will be. */
export function readersOf(record: Owned): string[] {
  const close = closeReadersOf(record)
  return [...new Set(shownStates.includes(record.state) ? [...close, ...audience(record)] : close)].sort()
}

/** Those who write it, and whoever is asked to approve it or has been. */
export function closeReadersOf(record: Owned): string[] {
  const isAsked = record.approval !== undefined || shownStates.includes(record.state)
  const approver = isAsked && record.approverId !== undefined ? [personToken(record.approverId)] : []
  return [...record.authorIds.map(personToken), ...ownerTokens(record), editorsToken(record.organisationId), ...approver]
}

/** Whether so many may read what is marked so. */
export const isTooOpen = ({ marking, visibility }: Pick<Owned, 'marking' | 'visibility'>): boolean =>
  marking === 'OFFICIAL-SENSITIVE' && visibility === 'partnership'

function ownerTokens({ owner }: Owned): string[] {
  return owner.teamId === undefined ? [personToken(owner.personId)] : [teamToken(owner.teamId)]
}

function audience(record: Owned): string[] {
  if (isTooOpen(record)) return [organisationToken(record.organisationId)]
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
