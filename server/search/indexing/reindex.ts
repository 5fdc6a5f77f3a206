import { setTimeout as wait } from 'node:timers/promises'
import { Unavailable } from '../../failures.ts'
import type { SearchableRecord } from '../../storage/searchable.ts'
import type { KeptPassages } from '../meaning/keptPassages.ts'
import type { SearchEngine } from '../searchEngine.ts'
import type { SearchType } from '../searchType.ts'
import { atMost } from './childRecords.ts'
import type { DriftCheck } from './drift.ts'
import type { Indexer } from './indexer.ts'
import { bulkOperations } from './searchDocuments.ts'
import type { SearchIndexes } from './searchIndexes.ts'

const pageSize = 500
const mostRounds = 20
/** Longer than any bulk that began under the epoch before the announcement can take. */
const leaseMs = 12_000
const signOfLifeMs = 10_000

interface Collaborators {
  engine: SearchEngine
  searchIndexes: SearchIndexes
  indexer: Indexer
  drift: DriftCheck
  /** Where records are found by meaning. */
  passages?: KeptPassages | undefined
  leaseMs?: number
}

/**
 * Fills a new index beside the live one and moves the alias when the two sides agree: nothing that is found now is missing in between.
 * Writes go to both while it fills.
 */
export class Reindex {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /**
   * @param signal  ends it before the alias has moved; what was begun is given up then
   * @throws Unavailable when the engine stops answering (what was begun is given up then, and the live index is as before), and when another
   *   process is at it
   */
  async run(type: SearchType, progress?: (filled: number, total: number) => void, signal?: AbortSignal): Promise<void> {
    const { engine, searchIndexes } = this.with
    const total = await type.model.countDocuments({}).asSystem('to say how much there is to do')
    await searchIndexes.prepare(type)
    await searchIndexes.tidy(type)
    const index = await searchIndexes.announce(type, total)
    if (index === undefined)
      throw new Unavailable(`Another process is re-indexing ${type.plural} already. If it was stopped, try again in a minute.`, 60)
    const alive = setInterval(() => void searchIndexes.reportAlive(type, index).catch(() => undefined), signOfLifeMs)
    try {
      await wait(this.with.leaseMs ?? leaseMs, undefined, { signal })
      await this.fill(type, index, filled => progress?.(filled, total))
      await this.agree(type, index, signal)
    } catch (error) {
      await searchIndexes.abandonFilling(type, index).catch(() => undefined)
      throw error
    } finally {
      clearInterval(alive)
    }
    const old = await searchIndexes.moveAlias(type, index)
    await wait(this.with.leaseMs ?? leaseMs)
    await engine.deleteIndex(old)
  }

  private async fill(type: SearchType, index: string, progress: (filled: number) => void): Promise<void> {
    const size = atMost(type, pageSize)
    let filled = 0
    for (let after = ''; ; ) {
      const page = await type.model
        .find({ _id: { $gt: after } })
        .asSystem('a new index gets every record')
        .sort({ _id: 1 })
        .limit(size)
        .lean<SearchableRecord[]>()
      if (page.length > 0) await this.fillWith(type, index, page)
      filled += page.length
      await this.with.searchIndexes.reportFilled(type, filled)
      progress(filled)
      const last = page.at(-1)
      if (last === undefined || page.length < size) return
      after = last._id
    }
  }

  private async fillWith(type: SearchType, index: string, page: readonly SearchableRecord[]): Promise<void> {
    const operations = await bulkOperations(type, page)
    await this.with.engine.bulk(index, (await this.with.passages?.attach(type, operations)) ?? operations)
  }

  private async agree(type: SearchType, index: string, signal?: AbortSignal): Promise<void> {
    for (let round = 0; round < mostRounds; round++) {
      signal?.throwIfAborted()
      const { differences } = await this.with.drift.checkIndex(type, index)
      if (differences.length === 0) return
      await this.with.drift.repair(type, index, differences)
      await this.with.indexer.settled({ type: type.type })
    }
    throw new Unavailable(
      `The new index of ${type.plural} still differs from the database after ${mostRounds} repairs: see the rejected records.`,
    )
  }
}
