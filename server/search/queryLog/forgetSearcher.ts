import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { SharedQueries } from './sharedQueries.ts'

/** For who leaves: takes their name off the log. What enough people asked while they were among them stays so. */
export function forgetSearcher(models: Pick<Models, 'askedQueries' | 'sharedQueries'>, clock: Clock) {
  const shared = new SharedQueries(models, clock)
  return async (personId: string): Promise<void> => {
    await shared.keep()
    await models.askedQueries.updateMany({ personId }, { $unset: { personId: 1 } })
  }
}
