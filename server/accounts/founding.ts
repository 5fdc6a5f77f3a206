import { partnershipToken } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import { slugOf } from '../storage/slugs.ts'
import { plainWords } from '../storage/titleWords.ts'
import type { FirstRun } from './accountModels.ts'
import type { Newcomers } from './newcomers.ts'
import type { Founding } from './partnershipService.ts'
import { isTaken } from './taken.ts'

/** The first organisation, its first person and their account. Repeated after an interruption, so what is there already stays. */
export function founding(models: Models, newcomers: Newcomers, clock: Clock): Founding {
  return async first => {
    await once(() => models.organisations.create(organisationOf(first)))
    await once(() => newcomers.enrol({ ...first, name: first.personName, role: '', roles: ['partnership administrator'] }))
    await once(() => models.accounts.create(accountOf(first, clock.now())))
  }
}

async function once(make: () => Promise<unknown>): Promise<void> {
  try {
    await make()
  } catch (error) {
    if (!isTaken(error)) throw error
  }
}

const organisationOf = ({ organisationId, organisationName }: FirstRun) => ({
  _id: organisationId,
  slug: slugOf(organisationName),
  name: organisationName,
  type: 'other' as const,
  domains: [],
  status: 'active' as const,
  nameWords: plainWords(organisationName),
  readers: [partnershipToken],
})

const accountOf = ({ personId, email, passwordHash }: FirstRun, now: Date) => ({
  _id: personId,
  email,
  passwordHash,
  createdAt: now,
  round: 0,
})
