import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { Unavailable } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { allowWrite } from '../../storage/searchable.ts'
import type { SearchEngine } from '../searchEngine.ts'
import type { SearchType } from '../searchType.ts'
import type { SearchIndexRecord } from './searchIndexModel.ts'

/** A filling that gave no sign of life for so long was interrupted. */
const interruptedMs = 60_000
const markedAtOnce = 5_000

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
    // Twice: between the two reads of one look another process may have moved the alias or given up a filling.
    if ((await this.isInOrder(type)) || (await this.isInOrder(type))) return
    const known = await this.of(type.type)
    const index = known !== undefined && this.isInStep(type, known.live) ? known.live : this.indexName(type, (known?.epoch ?? 0) + 1)
    await this.engine.createIndex(index, type.mapping)
    // The alias goes last: whatever is interrupted before is begun again.
    await this.markAllPending(type)
    await this.point(type, index)
    await this.engine.pointAlias(type.type, index)
  }

  /** Whether the live index was made with another mapping, or for another way to cut text, than the code has now. */
  async isOutdated(type: SearchType): Promise<boolean> {
    const known = await this.of(type.type)
    return known !== undefined && known.mappingHash !== this.mappingHash(type)
  }

  /** Of what an index of this type is made with: the mapping and the engine's way to cut text. */
  mappingHash({ mapping }: SearchType): string {
    const madeWith = JSON.stringify([mapping, this.engine.analysis])
    return createHash('sha256').update(madeWith).digest('hex').slice(0, 8)
  }

  /** Whether an index was made for the type as the code has it now, and so takes its passages. */
  isInStep(type: SearchType, index: string): boolean {
    return index.startsWith(`${type.type}-${this.mappingHash(type)}-`)
  }

  /** From now on writes go to a new index too. @returns the new index, or undefined when one is being filled already */
  async announce(type: SearchType, total: number): Promise<string | undefined> {
    const known = await this.of(type.type)
    if (known === undefined) return undefined
    const index = this.indexName(type, known.epoch + 1)
    await this.engine.createIndex(index, type.mapping)
    const now = this.clock.now()
    const filling = { index, mappingHash: this.mappingHash(type), announcedAt: now, aliveAt: now, filled: 0, total }
    const change = { $set: { filling }, $push: { targets: index }, $inc: { epoch: 1 } }
    const won = await this.records.findOneAndUpdate({ _id: type.type, epoch: known.epoch, filling: { $exists: false } }, change).lean()
    if (won !== null) return index
    if (!(await this.of(type.type))?.targets.includes(index)) await this.engine.deleteIndex(index)
    return undefined
  }

  async reportAlive(type: SearchType, index: string): Promise<void> {
    await this.records.updateOne({ _id: type.type, 'filling.index': index }, { $set: { 'filling.aliveAt': this.clock.now() } })
  }

  async reportFilled(type: SearchType, filled: number): Promise<void> {
    await this.records.updateOne({ _id: type.type }, { $set: { 'filling.filled': filled } })
  }

  /**
   * The filled index becomes the live one; the old one is no longer written to. The record goes first: `prepare` ends what is interrupted in between.
   * @returns the old index
   * @throws Unavailable when the filling was given up meanwhile
   */
  async moveAlias(type: SearchType, index: string): Promise<string> {
    const change = (mappingHash: string) => ({
      $set: { live: index, targets: [index], mappingHash },
      $unset: { filling: 1 as const },
      $inc: { epoch: 1 },
    })
    const known = await this.of(type.type)
    const moved =
      known?.filling?.index === index &&
      (await this.records.updateOne({ _id: type.type, epoch: known.epoch }, change(known.filling.mappingHash))).matchedCount === 1
    if (!moved) throw new Unavailable(`The new index of ${type.plural} was given up while it was filled. Start again.`)
    await this.engine.pointAlias(type.type, index)
    return known.live
  }

  /** Gives up this filling, if it is still the one. */
  async abandonFilling(type: SearchType, index: string): Promise<void> {
    const known = await this.of(type.type)
    if (known?.filling?.index !== index) return
    await this.records.updateOne(
      { _id: type.type, 'filling.index': index },
      { $set: { targets: [known.live] }, $unset: { filling: 1 }, $inc: { epoch: 1 } },
    )
    await this.engine.deleteIndex(index)
  }

  /** Gives up a filling whose process was stopped, and removes indexes that such ones left. */
  async tidy(type: SearchType): Promise<void> {
    const filling = (await this.of(type.type))?.filling
    const isInterrupted = filling !== undefined && this.clock.now().getTime() - filling.aliveAt.getTime() > interruptedMs
    if (isInterrupted) await this.abandonFilling(type, filling.index)
    const targets = (await this.of(type.type))?.targets ?? []
    const ofType = new RegExp(`^${type.type}-[0-9a-f]{8}-\\d+$`)
    for (const index of await this.engine.listIndexes())
      if (ofType.test(index) && !targets.includes(index)) await this.engine.deleteIndex(index)
  }

  private async isInOrder(type: SearchType): Promise<boolean> {
    const known = await this.of(type.type)
    const there = new Set(await this.engine.listIndexes())
    if (!known?.targets.every(index => there.has(index))) return false
    return (await this.engine.aliasTarget(type.type)) === known.live
  }

  private async point(type: SearchType, index: string): Promise<void> {
    const change = {
      $set: { live: index, targets: [index], mappingHash: this.mappingHash(type) },
      $unset: { filling: 1 },
      $inc: { epoch: 1 },
    }
    await this.records.updateOne({ _id: type.type }, change, { upsert: true })
  }

  /** In parts: one update of a million records would take longer than a command may. */
  private async markAllPending({ model }: SearchType): Promise<void> {
    const pendingSince = this.clock.now()
    for (let after = ''; ; ) {
      const part = await model
        .find({ _id: { $gt: after }, pendingSince: { $exists: false } })
        .asSystem('the engine gets every record')
        .sort({ _id: 1 })
        .limit(markedAtOnce)
        .select({ _id: 1 })
        .lean()
      const last = part.at(-1)
      if (last === undefined) return
      const filter = { _id: { $in: part.map(({ _id }) => _id) }, pendingSince: { $exists: false } }
      await allowWrite(model.updateMany(filter, { $set: { pendingSince } }))
      after = last._id
    }
  }

  private indexName(type: SearchType, epoch: number): string {
    return `${type.type}-${this.mappingHash(type)}-${epoch}`
  }
}
