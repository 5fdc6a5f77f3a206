import type { Clock } from '../../clock.ts'
import { NotFound } from '../../failures.ts'
import { allowWrite, type SearchableRecord } from '../../storage/searchable.ts'
import type { SearchType } from '../searchType.ts'
import type { SearchIndexes } from './searchIndexes.ts'
import type { SearchIndexRecord } from './searchIndexModel.ts'

export interface TypeState {
  type: SearchType
  pending: number
  oldestPendingSince?: Date
  rejected: number
  /** The index was made for another version of the code. */
  isOutdated: boolean
  filling?: NonNullable<SearchIndexRecord['filling']>
}

/** A record that the engine refuses, without its content. */
export interface RejectedRecord {
  type: SearchType
  id: string
  reason: string
  attempts: number
  retryAt: Date
}

const why = 'administrators see how far the index is'
const waiting = { pendingSince: { $exists: true }, rejection: { $exists: false } }
const refused = { pendingSince: { $exists: true }, rejection: { $exists: true } }

/** How far the search engine's copy is, for whoever looks after the site. */
export class IndexingState {
  private readonly types: readonly SearchType[]
  private readonly searchIndexes: SearchIndexes
  private readonly clock: Clock

  constructor(types: readonly SearchType[], searchIndexes: SearchIndexes, clock: Clock) {
    this.types = types
    this.searchIndexes = searchIndexes
    this.clock = clock
  }

  ofTypes(): Promise<TypeState[]> {
    return Promise.all(this.types.map(type => this.ofType(type)))
  }

  /** Those that were tried most often first. */
  async rejected(most: number): Promise<RejectedRecord[]> {
    const found = await Promise.all(this.types.map(type => this.rejectedOf(type, most)))
    return found
      .flat()
      .sort((a, b) => b.attempts - a.attempts)
      .slice(0, most)
  }

  /** Has the engine asked again at once. @throws NotFound when the record is not refused any more */
  async retry(typeName: string, id: string): Promise<void> {
    const type = this.types.find(({ type }) => type === typeName)
    const change = { $set: { 'rejection.retryAt': this.clock.now() } }
    const { matchedCount } = (await (type && allowWrite(type.model.updateOne({ _id: id, ...refused }, change)))) ?? { matchedCount: 0 }
    if (matchedCount === 0) throw new NotFound('The search engine does not refuse this record any more.')
    type?.model.db.emit('pending')
  }

  private async ofType(type: SearchType): Promise<TypeState> {
    const [pending, rejected, oldest, isOutdated, index] = await Promise.all([
      type.model.countDocuments(waiting).asSystem(why),
      type.model.countDocuments(refused).asSystem(why),
      type.model.findOne(waiting).asSystem(why).sort({ pendingSince: 1 }).select({ pendingSince: 1 }).lean<SearchableRecord>(),
      this.searchIndexes.isOutdated(type),
      this.searchIndexes.of(type.type),
    ])
    return {
      ...{ type, pending, rejected, isOutdated },
      ...(oldest?.pendingSince === undefined ? {} : { oldestPendingSince: oldest.pendingSince }),
      ...(index?.filling === undefined ? {} : { filling: index.filling }),
    }
  }

  private async rejectedOf(type: SearchType, most: number): Promise<RejectedRecord[]> {
    const found = await type.model
      .find(refused)
      .asSystem(why)
      .sort({ pendingSince: 1 })
      .limit(most)
      .select({ rejection: 1 })
      .lean<SearchableRecord[]>()
    return found.flatMap(({ _id: id, rejection }) => (rejection === undefined ? [] : [{ type, id, ...rejection }]))
  }
}
