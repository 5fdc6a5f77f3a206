import type { Clock } from '../clock.ts'
import { RowRefused } from '../imports/importer.ts'
import type { GuardedModel } from '../storage/guardedReads.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import type { SearchableRecord } from '../storage/searchable.ts'

/** Requests or offers that were imported before, as the row of a day names them. */
export class RaisedRecords<R extends SearchableRecord & { dayId?: string; sourceId?: string; title: string }> {
  private readonly model: GuardedModel<R>
  private readonly write: IndexedWrite<R>
  private readonly noun: string

  constructor(model: GuardedModel<R>, noun: string, clock: Clock) {
    this.model = model
    this.write = new IndexedWrite(model, 'title', clock)
    this.noun = noun
  }

  /** @returns their ids @throws RowRefused */
  async named(sourceIds: readonly string[] = []): Promise<string[]> {
    if (sourceIds.length === 0) return []
    const found = await this.model
      .find({ sourceId: { $in: [...sourceIds] } } as never)
      .asSystem('a file names what it gave')
      .lean<R[]>()
    const missing = sourceIds.find(id => !found.some(({ sourceId: known }) => known === id))
    if (missing !== undefined) throw new RowRefused(`there is no ${this.noun} "${missing}"`)
    return found.map(({ _id }) => _id)
  }

  async cameUpOn(dayId: string, ids: readonly string[]): Promise<void> {
    for (const _id of ids) await this.write.update({ _id } as never, { $set: { dayId } } as never)
  }
}
