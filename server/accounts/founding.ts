import { partnershipToken } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import { nameWords } from '../people/personNames.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { isTaken, withFreeSlug } from '../storage/takenSlug.ts'
import { plainWords } from '../storage/titleWords.ts'
import type { FirstRun } from './accountModels.ts'

/** Makes what the first run needs, each only when it is not there yet. */
export type Founding = (first: FirstRun) => Promise<void>

const readers = [partnershipToken]
const empty = { teamIds: [], role: '', about: '', skills: [] }

/**
 * The first organisation, its first person and their account. After an interruption any process repeats it, so ids are given: what is there
 * already stays.
 */
export function founding({ organisations, people, accounts }: Models, clock: Clock): Founding {
  const write = new IndexedWrite(people, 'name', clock)
  return async ({ organisationId, organisationName: name, ...first }) => {
    await once(organisationId, name, slug =>
      organisations.insertMany([
        { _id: organisationId, slug, name, type: 'other', domains: [], status: 'active', nameWords: plainWords(name), readers },
      ]),
    )
    await once(first.personId, first.personName, slug => write.create(administrator({ ...first, organisationId }, slug)))
    await once(first.personId, first.email, () =>
      accounts.create({ _id: first.personId, email: first.email, passwordHash: first.passwordHash, createdAt: clock.now(), round: 0 }),
    )
  }
}

async function once(id: string, name: string, make: (slug: string) => Promise<unknown>): Promise<void> {
  try {
    await withFreeSlug(name, id, make)
  } catch (error) {
    if (!isTaken(error)) throw error
  }
}

const administrator = ({ personId, personName: name, organisationId, email }: Omit<FirstRun, 'organisationName'>, slug: string) => ({
  ...empty,
  _id: personId,
  slug,
  name,
  nameWords: nameWords(name),
  organisationId,
  roles: ['member' as const, 'partnership administrator' as const],
  email,
  status: 'active' as const,
  readers,
})
