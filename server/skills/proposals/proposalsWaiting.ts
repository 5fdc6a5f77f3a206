import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Waiting } from '../../feature.ts'
import type { Services } from '../../services.ts'

/** What people propose, for those who decide it; the others' home pages ask nothing. */
export const proposalsWaiting =
  ({ skillProposals }: Pick<Services, 'skillProposals'>) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    if (!may(person, { verb: 'keep skills' })) return []
    const [[oldest], count] = await Promise.all([skillProposals.open(person, 1), skillProposals.countOpen(person)])
    return oldest === undefined ? [] : [{ text: 'Skills proposed', href: '/admin/skills', count, since: oldest.createdAt }]
  }
