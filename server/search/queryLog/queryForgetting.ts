import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { Leavers } from '../../people/leavers.ts'
import type { SharedQueries } from './sharedQueries.ts'

const dayMs = 86_400_000
export const namedDays = 30
export const keptDays = 366

interface Collaborators {
  shared: SharedQueries
  leavers: Leavers
  clock: Clock
}

/** Takes the names off the query log, and the entries away in the end. Safe to repeat, and to be ended anywhere. */
export class QueryForgetting {
  private readonly models: Pick<Models, 'askedQueries' | 'sharedQueries'>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'askedQueries' | 'sharedQueries'>, collaborators: Collaborators) {
    this.models = models
    this.with = collaborators
  }

  async forget(): Promise<{ names: number; entries: number }> {
    await this.with.shared.keep()
    const names = (await this.unname({ personId: { $gt: '' }, askedAt: { $lt: this.daysAgo(namedDays) } })) + (await this.unnameLeavers())
    const { deletedCount } = await this.models.askedQueries.deleteMany({ askedAt: { $lt: this.daysAgo(keptDays) } })
    await this.models.sharedQueries.deleteMany({ sharedAt: { $lt: this.daysAgo(keptDays) } })
    return { names, entries: deletedCount }
  }

  private async unnameLeavers(): Promise<number> {
    const people = await this.models.askedQueries.distinct('personId', { personId: { $gt: '' } })
    const gone = (await this.with.leavers.among(people as string[])).map(({ _id }) => _id)
    return gone.length === 0 ? 0 : this.unname({ personId: { $in: gone } })
  }

  private async unname(filter: object): Promise<number> {
    return (await this.models.askedQueries.updateMany(filter, { $unset: { personId: 1 } })).modifiedCount
  }

  private daysAgo(days: number): Date {
    return new Date(this.with.clock.now().getTime() - days * dayMs)
  }
}
