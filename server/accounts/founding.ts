import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { slugOf } from '../storage/slugs.ts'
import { plainWords } from '../storage/titleWords.ts'
import type { FirstRun } from './accountModels.ts'
import type { Founding } from './partnershipService.ts'
import { isTaken } from './taken.ts'

/** The first organisation, its first person and their account. Repeated after an interruption, so what is there already stays. */
export function founding(models: Models, clock: Clock): Founding {
  const people = new IndexedWrite(models.people, 'name', clock)
  return async first => {
    await once(() => models.organisations.create(organisationOf(first)))
    await once(() => people.create(personOf(first)))
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
  readers: ['partnership'],
})

const personOf = ({ personId, personName, organisationId, email }: FirstRun) => ({
  _id: personId,
  slug: slugOf(personName),
  name: personName,
  nameWords: plainWords(personName),
  organisationId,
  teamIds: [],
  role: '',
  roles: ['member' as const, 'partnership administrator' as const],
  about: '',
  email,
  skills: [],
  status: 'active' as const,
  readers: ['partnership'],
})

const accountOf = ({ personId, email, passwordHash }: FirstRun, now: Date) => ({
  _id: personId,
  email,
  passwordHash,
  createdAt: now,
  round: 0,
})
