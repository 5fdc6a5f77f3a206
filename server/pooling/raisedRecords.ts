import type { Clock } from '../clock.ts'
import { RowRefused } from '../imports/importer.ts'
import type { Models } from '../models.ts'
import type { GuardedModel } from '../storage/guardedReads.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import type { SearchableRecord } from '../storage/searchable.ts'

/** Ids. */
export interface RaisedIds {
  requests: string[]
  offers: string[]
}

type Raised = SearchableRecord & { dayId?: string; sourceId?: string; title: string }

/** Requests and offers that were imported before the day on which they came up, as its file names them. */
export class RaisedRecords {
  private readonly models: Pick<Models, 'requests' | 'offers'>
  private readonly clock: Clock

  constructor(models: Pick<Models, 'requests' | 'offers'>, clock: Clock) {
    this.models = models
    this.clock = clock
  }

  /** @param given  their ids in their own files @throws RowRefused naming the first that is not there */
  async named(given: { requests?: readonly string[] | undefined; offers?: readonly string[] | undefined }): Promise<RaisedIds> {
    const [requests, offers] = await Promise.all([
      known(this.models.requests, 'request', given.requests),
      known(this.models.offers, 'offer', given.offers),
    ])
    return { requests, offers }
  }

  async cameUpOn(dayId: string, { requests, offers }: RaisedIds): Promise<void> {
    const change = { $set: { dayId } }
    await new IndexedWrite(this.models.requests, 'title', this.clock).updateEach(requests.map(_id => ({ filter: { _id }, change })))
    await new IndexedWrite(this.models.offers, 'title', this.clock).updateEach(offers.map(_id => ({ filter: { _id }, change })))
  }
}

async function known<R extends Raised>(model: GuardedModel<R>, noun: string, sourceIds: readonly string[] = []): Promise<string[]> {
  if (sourceIds.length === 0) return []
  const found = await model
    .find({ sourceId: { $in: [...sourceIds] } } as never)
    .asSystem('a file names what it gave')
    .lean<R[]>()
  const missing = sourceIds.find(id => !found.some(({ sourceId }) => sourceId === id))
  if (missing !== undefined) throw new RowRefused(`there is no ${noun} "${missing}"`)
  return found.map(({ _id }) => _id)
}
