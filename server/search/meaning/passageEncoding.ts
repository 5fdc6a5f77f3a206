import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from 'mongoose'
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import { inLogContext } from '../../monitoring/logContext.ts'
import { allowWrite, type SearchableRecord } from '../../storage/searchable.ts'
import { childTextsOf } from '../indexing/childRecords.ts'
import type { Indexer } from '../indexing/indexer.ts'
import { searchDocument } from '../indexing/searchDocuments.ts'
import type { SearchType } from '../searchType.ts'
import { type Encoder, EncoderAway } from './encoder.ts'
import type { EncodingPause } from './encodingPause.ts'
import { hashOf, type KeptPassages, passageText, type TakenPassages } from './keptPassages.ts'

const batchSize = 16
/** Counting is not free. */
const batchesBetweenLooks = 20
const pollMs = 5_000
/** Longer than a batch takes. A process that dies leaves a batch, which another does after this time. */
const takenForMs = 600_000

interface Collaborators {
  types: readonly SearchType[]
  encoder: Encoder
  kept: KeptPassages
  pause: EncodingPause
  indexer: Indexer
  connection: Connection
  clock: Clock
  log: Logger
}

/** Encodes what waits, after the words were indexed; then the record is indexed once more, with its passages. Several processes may do so at once. */
export class PassageEncoding {
  private readonly with: Collaborators
  private working: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private isStopped = true
  private isStopping = false
  private hasTidied = false
  private readonly wake = () => this.schedule(0)

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  start(): void {
    this.isStopped = false
    this.isStopping = false
    this.with.connection.on('passages wait', this.wake)
    this.schedule(0)
  }

  async stop(): Promise<void> {
    this.isStopped = true
    this.isStopping = true
    this.with.connection.off('passages wait', this.wake)
    clearTimeout(this.timer)
    await this.working?.catch(() => undefined)
  }

  /** Waits until everything that is there can be found by meaning; works itself when nobody does. @throws EncoderAway, Unavailable */
  async settled(progress: (waiting: number) => void = () => undefined): Promise<void> {
    const { indexer, kept } = this.with
    await indexer.settled({ withinMs: 600_000 })
    for (let { waiting } = await kept.progress(); waiting > 0; { waiting } = await kept.progress()) {
      progress(waiting)
      let batches = 0
      while (batches < batchesBetweenLooks && (await this.batch())) batches++
      if (batches === 0) await wait(100)
    }
    await indexer.settled({ withinMs: 600_000 })
  }

  /** Encodes what waits, unless it is stopped or paused. @throws EncoderAway, Unavailable */
  async catchUp(): Promise<void> {
    if (this.with.encoder.problem !== undefined) return
    while (await this.mayGoOn()) if (!(await this.batch())) break
    if (this.hasTidied || !(await this.mayGoOn())) return
    if ((await this.with.kept.progress()).waiting > 0) return
    await this.with.kept.forgetOtherModels()
    this.hasTidied = true
  }

  private schedule(delayMs: number): void {
    if (this.isStopped || this.working !== undefined) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void inLogContext({ part: 'passages' }, () => this.work()), delayMs)
    this.timer.unref()
  }

  private async work(): Promise<void> {
    this.working = this.catchUp()
    try {
      await this.working
    } catch (error) {
      if (!this.isStopped) this.with.log.warn({ err: error }, 'passages wait: the model, the search engine or the database does not answer')
    } finally {
      this.working = undefined
    }
    this.schedule(pollMs)
  }

  private mayGoOn = async (): Promise<boolean> => !this.isStopped && (await this.with.pause.since()) === undefined

  /** @returns whether there was something to do */
  private async batch(): Promise<boolean> {
    const { kept } = this.with
    const encoded: TakenPassages[] = []
    let count = 0
    for (; count < batchSize && !this.isStopping; count++) {
      const next = await kept.take(takenForMs)
      if (next === undefined) break
      if (await this.encoded(next)) encoded.push(next)
    }
    for (const type of this.with.types) await this.raise(type, encoded)
    await kept.done(encoded)
    return count > 0
  }

  /** One that the model cannot encode keeps no other from being found; it is tried again. */
  private async encoded(taken: TakenPassages): Promise<boolean> {
    try {
      await this.encode(taken)
      return true
    } catch (error) {
      if (!(error instanceof EncoderAway) || this.isStopping) throw error
      this.with.log.warn({ err: error, type: taken.type, id: taken.recordId }, 'a record cannot be encoded now: it is found by words alone')
      if (this.with.encoder.problem !== undefined) throw error
      return false
    }
  }

  private async encode(taken: TakenPassages): Promise<void> {
    const { encoder, kept, types } = this.with
    const type = types.find(({ type }) => type === taken.type)
    const text = type === undefined ? undefined : await this.textOf(type, taken.recordId)
    if (text === undefined) return kept.forget(taken)
    if (taken.vectors !== undefined && taken.contentHash === hashOf(text)) return
    await kept.keep(taken, text, await encoder.encodePassages(text))
  }

  private async textOf(type: SearchType, id: string) {
    const record = await type.model
      .findOne({ _id: id, deletedAt: { $exists: false } })
      .asSystem('passages are cut from every record')
      .lean<SearchableRecord>()
    if (record === null) return undefined
    const children = await childTextsOf(type, [id])
    return passageText(type, searchDocument(type, record, children.get(id)))
  }

  /** A rev is the version of what the engine has, and that has passages from now on. */
  private async raise({ type, model }: SearchType, taken: readonly TakenPassages[]): Promise<void> {
    const ids = taken.filter(record => record.type === type).map(({ recordId }) => recordId)
    if (ids.length === 0) return
    const raised = { $inc: { rev: 1 }, $set: { pendingSince: this.with.clock.now() } }
    await allowWrite(model.updateMany({ _id: { $in: ids }, deletedAt: { $exists: false } }, raised as never))
    this.with.connection.emit('pending')
  }
}
