import type { QueryFilter, UpdateQuery } from 'mongoose'
import type { IndexedWrite, NewRecord } from '../storage/indexedWrite.ts'
import type { SearchableRecord } from '../storage/searchable.ts'
import { RowRefused } from './importer.ts'

/** What a batch of rows comes to, before any of it is written. */
export class Batch<R extends SearchableRecord> {
  readonly added: NewRecord<R>[] = []
  readonly changes: { filter: QueryFilter<R>; change: NonNullable<UpdateQuery<R>> }[] = []

  async write(write: IndexedWrite<R>): Promise<void> {
    if (this.added.length > 0) await write.createMany(this.added)
    await write.updateEach(this.changes)
  }
}

/** The outcome of what turns one row into a record. */
export function refusedOr<T>(work: () => T): T | { refused: string } {
  try {
    return work()
  } catch (error) {
    if (error instanceof RowRefused) return { refused: error.message }
    throw error
  }
}

export const isRefused = (outcome: unknown): outcome is { refused: string } =>
  typeof outcome === 'object' && outcome !== null && 'refused' in outcome
