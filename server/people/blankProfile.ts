import { partnershipToken } from '../access/accessTokens.ts'

/** Of somebody of whom nothing is known yet but the name: a member whom the partnership sees. */
export const blankProfile = {
  teamIds: [],
  role: '',
  roles: ['member' as const],
  about: '',
  skills: [],
  status: 'active' as const,
  readers: [partnershipToken],
}
