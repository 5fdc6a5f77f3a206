import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'

/** So many different people must have searched for words before anybody is shown them. */
export const fewestPeople = 3

/** Which words may be shown: those that enough people searched for while it is known who did. */
export class SharedQueries {
  private readonly models: Pick<Models, 'askedQueries' | 'sharedQueries'>
  private readonly clock: Clock

  constructor(models: Pick<Models, 'askedQueries' | 'sharedQueries'>, clock: Clock) {
    this.models = models
    this.clock = clock
  }

  async all(): Promise<ReadonlySet<string>> {
    const [kept, now] = await Promise.all([this.models.sharedQueries.find({}, { _id: 1 }).lean(), this.sharedNow()])
    return new Set([...kept.map(({ _id }) => _id), ...now])
  }

  /** Remembers them, for when names are taken away. */
  async keep(): Promise<void> {
    const sharedAt = this.clock.now()
    const operations = (await this.sharedNow()).map(_id => ({
      updateOne: { filter: { _id }, update: { $set: { sharedAt } }, upsert: true },
    }))
    if (operations.length > 0) await this.models.sharedQueries.bulkWrite(operations)
  }

  private async sharedNow(): Promise<string[]> {
    const askedBy = await this.models.askedQueries.aggregate<{ _id: string; people: string[] }>([
      { $match: { personId: { $gt: '' } } },
      { $group: { _id: '$words', people: { $addToSet: '$personId' } } },
    ])
    return askedBy.filter(({ people }) => people.length >= fewestPeople).map(({ _id }) => _id)
  }
}
