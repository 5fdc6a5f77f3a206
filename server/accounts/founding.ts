import type { Role } from '../access/roles.ts'
import type { Clock } from '../clock.ts'
import type { OrganisationService } from '../organisations/organisationService.ts'
import type { FirstRun } from '../partnership/settingModel.ts'
import type { PersonService } from '../people/personService.ts'
import { isTaken } from '../storage/takenSlug.ts'
import type { AccountModels } from './accountModels.ts'

/** Makes what the first run needs, each only when it is not there yet. */
export type Founding = (first: FirstRun) => Promise<void>

interface Collaborators {
  organisations: OrganisationService
  people: PersonService
  clock: Clock
}

const roles: Role[] = ['member', 'partnership administrator']

/**
 * The first organisation, its first person and their account. After an interruption any process repeats it, so ids are given: what is there
 * already stays.
 */
export function founding({ accounts }: Pick<AccountModels, 'accounts'>, { organisations, people, clock }: Collaborators): Founding {
  return async ({ organisationId, organisationName, personId, personName, email, passwordHash }) => {
    await once(() => organisations.found({ _id: organisationId, name: organisationName, type: 'other', domains: [], status: 'active' }))
    await once(() => people.create({ _id: personId, name: personName, organisationId, roles, email }))
    await once(() => accounts.create({ _id: personId, email, passwordHash, createdAt: clock.now(), round: 0 }))
  }
}

async function once(make: () => Promise<unknown>): Promise<void> {
  try {
    await make()
  } catch (error) {
    if (!isTaken(error)) throw error
  }
}
