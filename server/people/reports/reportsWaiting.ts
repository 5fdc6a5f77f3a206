import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Waiting } from '../../feature.ts'
import type { Services } from '../../services.ts'

/** Reported profiles, for those who keep the accounts of these people; the others' home pages ask nothing. */
export const reportsWaiting =
  ({ profileReports }: Pick<Services, 'profileReports'>) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    if (!may(person, { verb: 'suspend' })) return []
    const open = await profileReports.open(person)
    const [oldest] = open
    return oldest === undefined
      ? []
      : [{ text: 'Profiles reported', href: '/admin/reports', count: open.length, since: oldest.report.createdAt }]
  }
