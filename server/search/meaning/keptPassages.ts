import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { BulkOperation, SearchDocument, SearchMapping } from '../searchEngine.ts'
import type { SearchType } from '../searchType.ts'
import type { EncodedPassage, PassageText } from './encoder.ts'
import type { PassageRecord } from './passageModel.ts'
import { encodable } from './passages.ts'

/** `waitingSince` says until when nobody else takes it. */
export type TakenPassages = PassageRecord & { waitingSince: Date }

/** The vectors of passages in the database: what is written to a search index takes them from here, and leaves here what waits to be encoded. */
export class KeptPassages {
  readonly model: string
  private readonly records: Models['passages']
  private readonly dimensions: number
  private readonly clock: Clock

  constructor(models: Pick<Models, 'passages'>, { model, dimensions }: NonNullable<SearchMapping['passages']>, clock: Clock) {
    this.records = models.passages
    this.model = model
    this.dimensions = dimensions
    this.clock = clock
  }

  /** Gives each document its passages, if they are of the text that it has now; what lacks them waits, and what is removed has none any more. */
  async attach(type: SearchType, operations: readonly BulkOperation[]): Promise<BulkOperation[]> {
    const isNothing = (operation: BulkOperation) => 'remove' in operation || passageText(type, operation.write) === undefined
    const removed = operations.filter(isNothing).map(operation => this.idOf(type.type, idOf(operation)))
    if (removed.length > 0) await this.records.deleteMany({ _id: { $in: removed } })
    const written = operations.flatMap(operation => ('write' in operation ? [this.idOf(type.type, operation.write.id)] : []))
    const found = await this.records.find({ _id: { $in: written } }).lean<PassageRecord[]>()
    const kept = new Map(found.map(record => [record.recordId, record]))
    const waiting: { id: string; contentHash: string }[] = []
    const attached = operations.map(operation => {
      const text = 'remove' in operation ? undefined : passageText(type, operation.write)
      if ('remove' in operation || text === undefined) return operation
      const { id } = operation.write
      const known = kept.get(id)
      const contentHash = hashOf(text)
      if (known?.contentHash !== contentHash) waiting.push({ id, contentHash })
      else if (known.vectors !== undefined) return { write: { ...operation.write, passages: this.passagesOf(known) } }
      return operation
    })
    await this.letWait(type, waiting)
    return attached
  }

  /** Takes one that waits, for as long as `forMs`: then another may. */
  async take(forMs: number): Promise<TakenPassages | undefined> {
    const now = this.clock.now()
    const waitingSince = new Date(now.getTime() + forMs)
    const filter = { model: this.model, waitingSince: { $lte: now } }
    const options = { sort: { waitingSince: 1 as const }, returnDocument: 'after' as const }
    return (await this.records.findOneAndUpdate(filter, { $set: { waitingSince } }, options).lean<TakenPassages>()) ?? undefined
  }

  /** Unless the text has changed since it was taken. */
  async keep({ _id, waitingSince }: TakenPassages, text: PassageText, passages: readonly EncodedPassage[]): Promise<void> {
    const vectors = Buffer.concat(passages.map(({ vector }) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)))
    const kept = { contentHash: hashOf(text), spans: passages.flatMap(({ from, to }) => [from, to]), vectors }
    await this.records.updateOne({ _id, waitingSince }, { $set: kept })
  }

  /** The search index will hear of them. */
  async done(taken: readonly TakenPassages[]): Promise<void> {
    for (const { _id, waitingSince } of taken) await this.records.updateOne({ _id, waitingSince }, { $unset: { waitingSince: 1 } })
  }

  async forget(taken: Pick<PassageRecord, '_id'>): Promise<void> {
    await this.records.deleteOne({ _id: taken._id })
  }

  async forgetOtherModels(): Promise<void> {
    await this.records.deleteMany({ model: { $ne: this.model } })
  }

  /** How many records have passages, and how many of them wait. */
  async progress(): Promise<{ total: number; waiting: number }> {
    const [total, waiting] = await Promise.all([
      this.records.countDocuments({ model: this.model }),
      this.records.countDocuments({ model: this.model, waitingSince: { $exists: true } }),
    ])
    return { total, waiting }
  }

  private async letWait({ type }: SearchType, records: readonly { id: string; contentHash: string }[]): Promise<void> {
    if (records.length === 0) return
    const waitingSince = this.clock.now()
    await this.records.bulkWrite(
      records.map(({ id, contentHash }) => ({
        updateOne: {
          filter: { _id: this.idOf(type, id) },
          update: {
            $set: { contentHash, waitingSince },
            $unset: { spans: 1 as const, vectors: 1 as const },
            $setOnInsert: { type, recordId: id, model: this.model },
          },
          upsert: true,
        },
      })),
    )
    this.records.db.emit('passages wait')
  }

  private passagesOf({ spans = [], vectors }: PassageRecord): EncodedPassage[] {
    const bytes = vectors === undefined ? Buffer.alloc(0) : Buffer.from(vectors.value())
    return Array.from({ length: spans.length / 2 }, (_, position) => ({
      from: spans[2 * position] as number,
      to: spans[2 * position + 1] as number,
      vector: Int8Array.from(bytes.subarray(position * this.dimensions, (position + 1) * this.dimensions), byte => (byte << 24) >> 24),
    }))
  }

  private idOf = (type: string, id: string) => `${type} ${id} ${this.model}`
}

/**
 * What weighs more than the text is its title; what weighs less, such as attachments, is found by words alone.
 * @returns undefined where there is nothing to encode
 */
export function passageText(
  { mapping, isNamed }: Pick<SearchType, 'mapping' | 'isNamed'>,
  { text }: Pick<SearchDocument, 'text'>,
): PassageText | undefined {
  const joined = (isAsked: (weight: number) => boolean) =>
    Object.entries(mapping.text)
      .flatMap(([field, { weight }]) => (isAsked(weight) ? [text[field] ?? ''] : []))
      .filter(value => value.trim() !== '')
      .join('\n')
  const whole = { title: isNamed ? '' : joined(weight => weight > 1), text: joined(weight => weight === 1) }
  return whole.title === '' && whole.text === '' ? undefined : encodable(whole)
}

const idOf = (operation: BulkOperation) => ('remove' in operation ? operation.remove.id : operation.write.id)

export const hashOf = ({ title, text }: PassageText): string => createHash('sha256').update(`${title}\0${text}`).digest('hex')
