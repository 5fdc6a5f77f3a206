import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Waiting } from '../../feature.ts'
import type { Services } from '../../services.ts'

/** For administrators: those who left and still own something. */
export const unownedWaiting =
  ({ unowned }: Pick<Services, 'unowned'>) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    if (!may(person, { verb: 'suspend' })) return []
    const count = (await unowned.leavers(person)).length
    return count === 0 ? [] : [{ text: 'People who left and still own something', href: '/admin/handover', count }]
  }
