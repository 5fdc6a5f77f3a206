import type { QueryFilter, UpdateQuery } from 'mongoose'
import type { Clock } from '../clock.ts'
import type { GuardedModel } from './guardedReads.ts'
import { allowWrite, type SearchableRecord } from './searchable.ts'
import { titleWords } from './titleWords.ts'

/** A record as a service hands it over: what the index needs is added here. */
export type NewRecord<R extends SearchableRecord> = Omit<R, 'rev' | 'pendingSince' | 'deletedAt' | 'titleWords' | 'rejection'>
type Changes<R> = NonNullable<UpdateQuery<R>>

/**
 * The only way to write a searchable record: one atomic update carries the content, raises `rev` and marks the record pending, so nothing else
 * can be lost. The connection's write concern (majority, journaled) holds for each.
 */
export class IndexedWrite<R extends SearchableRecord> {
  private readonly model: GuardedModel<R>
  private readonly titleField: keyof R & string
  private readonly clock: Clock

  constructor(model: GuardedModel<R>, titleField: keyof R & string, clock: Clock) {
    this.model = model
    this.titleField = titleField
    this.clock = clock
  }

  /** @throws MongoServerError 11000 when the id or slug is taken */
  async create(record: NewRecord<R>): Promise<R> {
    const [created] = await this.createMany([record])
    return created as R
  }

  /** Already validated records, written as they are. */
  async createMany(records: readonly NewRecord<R>[]): Promise<R[]> {
    const complete = allowWrite(records.map(record => this.marked(record)))
    await this.model.insertMany(complete, { lean: true, ordered: true })
    this.model.db.emit('pending')
    return complete
  }

  /** @returns the record as it is now, or null when nothing matched */
  async update(filter: QueryFilter<R>, change: Changes<R>): Promise<R | null> {
    const updated = await allowWrite(
      this.model.findOneAndUpdate(filter, this.withMarks(change), { returnDocument: 'after', runValidators: false }),
    ).lean<R>()
    if (updated !== null) this.model.db.emit('pending')
    return updated
  }

  /** For imports: one change per filter, in order; a filter that matches nothing changes nothing. */
  async updateEach(changes: readonly { filter: QueryFilter<R>; change: Changes<R> }[]): Promise<void> {
    if (changes.length === 0) return
    const operations = changes.map(({ filter, change }) => ({ updateOne: { filter, update: this.withMarks(change) } }))
    await this.model.bulkWrite(allowWrite(operations) as never)
    this.model.db.emit('pending')
  }

  /** Leaves a tombstone: the content is erased now, the record goes when the engine cannot take an older copy any more. */
  async erase(filter: QueryFilter<R> & { _id: string }): Promise<R | null> {
    const kept = ['_id', 'slug', 'readers', 'rev', 'pendingSince', 'deletedAt', 'titleWords']
    const gone = Object.keys(this.model.schema.paths).filter(path => !kept.includes(path.split('.')[0] ?? ''))
    return this.update(filter, {
      $unset: Object.fromEntries(gone.map(path => [path, 1])),
      $set: { deletedAt: this.clock.now(), readers: [], titleWords: [], slug: filter._id },
    } as unknown as Changes<R>)
  }

  private marked(record: NewRecord<R>): R {
    const title = String((record as Record<string, unknown>)[this.titleField] ?? '')
    return { ...record, rev: 1, pendingSince: this.clock.now(), titleWords: titleWords(title) } as unknown as R
  }

  private withMarks(change: Changes<R>): UpdateQuery<R> {
    const { $set, $inc, $unset, ...rest } = change as Record<string, Record<string, unknown>>
    const title = $set?.[this.titleField]
    const words = typeof title === 'string' ? { titleWords: titleWords(title) } : {}
    return {
      ...rest,
      $set: { ...words, ...$set, pendingSince: this.clock.now() },
      $inc: { ...$inc, rev: 1 },
      $unset: { ...$unset, rejection: 1 },
    } as unknown as UpdateQuery<R>
  }
}
