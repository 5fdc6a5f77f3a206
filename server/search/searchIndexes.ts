import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import { allowWrite } from '../storage/searchable.ts'
import type { SearchEngine } from './searchEngine.ts'
import type { SearchIndexRecord } from './searchIndexModel.ts'
import type { SearchType } from './searchType.ts'

/** Keeps where each type is written to and found: the records that every process reads. */
export class SearchIndexes {
  private readonly records: Models['searchIndexes']
  private readonly engine: SearchEngine
  private readonly clock: Clock

  constructor(models: Pick<Models, 'searchIndexes'>, engine: SearchEngine, clock: Clock) {
    this.records = models.searchIndexes
    this.engine = engine
    this.clock = clock
  }

  /** Undefined until the type has been prepared once. */
  async of(type: string): Promise<SearchIndexRecord | undefined> {
    return (await this.records.findById(type).lean<SearchIndexRecord>()) ?? undefined
  }

  /**
   * Makes the type's index where there is none: at the first start, and when the engine has lost it (then everything is pending again).
   * @throws Unavailable when the engine does not answer
   */
  async prepare(type: SearchType): Promise<void> {
    const known = await this.of(type.type)
    const there = new Set(await this.engine.listIndexes())
    if (known?.targets.every(index => there.has(index)) && (await this.engine.aliasTarget(type.type)) === known.live) return
    const index = known?.live ?? indexName(type, 1)
    await this.engine.createIndex(index, type.mapping)
    await this.engine.pointAlias(type.type, index)
    await this.point(type, index)
    await this.markAllPending(type)
  }

  /** Whether the live index was made with another mapping than the code has now. */
  async isOutdated(type: SearchType): Promise<boolean> {
    const known = await this.of(type.type)
    return known !== undefined && known.mappingHash !== mappingHash(type)
  }

  /** From now on writes go to a new index too. @returns the new index, or undefined when one is being filled already */
  async announce(type: SearchType, total: number): Promise<string | undefined> {
    const known = await this.of(type.type)
    if (known === undefined) return undefined
    const index = indexName(type, known.epoch + 1)
    await this.engine.createIndex(index, type.mapping)
    const filling = { index, mappingHash: mappingHash(type), announcedAt: this.clock.now(), filled: 0, total }
    const change = { $set: { filling }, $push: { targets: index }, $inc: { epoch: 1 } }
    const won = await this.records.findOneAndUpdate({ _id: type.type, epoch: known.epoch, filling: { $exists: false } }, change).lean()
    if (won === null) await this.engine.deleteIndex(index)
    return won === null ? undefined : index
  }

  async reportFilled(type: SearchType, filled: number): Promise<void> {
    await this.records.updateOne({ _id: type.type }, { $set: { 'filling.filled': filled } })
  }

  /** The filled index becomes the live one; the old one is no longer written to. @returns the old index */
  async moveAlias(type: SearchType): Promise<string | undefined> {
    const known = await this.of(type.type)
    if (known?.filling === undefined) return undefined
    await this.engine.pointAlias(type.type, known.filling.index)
    await this.records.updateOne(
      { _id: type.type },
      {
        $set: { live: known.filling.index, targets: [known.filling.index], mappingHash: known.filling.mappingHash },
        $unset: { filling: 1 },
        $inc: { epoch: 1 },
      },
    )
    return known.live
  }

  /** Gives up a filling that was interrupted. */
  async abandonFilling(type: SearchType): Promise<void> {
    const known = await this.of(type.type)
    if (known?.filling === undefined) return
    await this.records.updateOne({ _id: type.type }, { $set: { targets: [known.live] }, $unset: { filling: 1 }, $inc: { epoch: 1 } })
    await this.engine.deleteIndex(known.filling.index)
  }

  private async point(type: SearchType, index: string): Promise<void> {
    const change = { $set: { live: index, targets: [index], mappingHash: mappingHash(type) }, $unset: { filling: 1 }, $inc: { epoch: 1 } }
    await this.records.updateOne({ _id: type.type }, change, { upsert: true })
  }

  private async markAllPending(type: SearchType): Promise<void> {
    await allowWrite(type.model.updateMany({ pendingSince: { $exists: false } }, { $set: { pendingSince: this.clock.now() } }))
  }
}

const mappingHash = ({ mapping }: SearchType) => createHash('sha256').update(JSON.stringify(mapping)).digest('hex').slice(0, 8)
const indexName = (type: SearchType, epoch: number) => `${type.type}-${mappingHash(type)}-${epoch}`
