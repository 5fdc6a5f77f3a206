import { setTimeout as wait } from 'node:timers/promises'
import { Unavailable } from '../failures.ts'
import type { Services } from '../services.ts'

const longestLagMs = 15_000
const longestWaitMs = 120_000

type Working = Pick<Services, 'storage' | 'indexer' | 'search' | 'log'>

/**
 * Keeps writing and indexing in step. The owner of the stores indexes one batch while it writes the next; beside a running site the site indexes,
 * and the command waits while it is far behind. When the search engine is down, rows are kept all the same: they stay pending.
 */
export class IndexingPace {
  private readonly services: Working
  private underWay: Promise<void> = Promise.resolve()
  private isDown = false

  constructor(services: Working) {
    this.services = services
  }

  async next(): Promise<void> {
    if (!this.services.storage.ownsStore) return this.whileFarBehind()
    await this.underWay
    this.underWay = this.index(() => this.services.indexer.drain())
    this.underWay.catch(() => undefined)
  }

  /** @returns whether everything that this process may index is indexed */
  async settled(): Promise<boolean> {
    if (!this.services.storage.ownsStore) return true
    await this.underWay
    this.isDown = false
    await this.index(() => this.services.indexer.settled({ withinMs: 600_000 }))
    return !this.isDown
  }

  private async index(work: () => Promise<void>): Promise<void> {
    if (this.isDown) return
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      this.isDown = true
      this.services.log.warn({ err: error }, 'the search engine does not answer: rows are kept, and indexed when it does')
    }
  }

  private async whileFarBehind(): Promise<void> {
    const until = Date.now() + longestWaitMs
    while (Date.now() < until && (await this.isFarBehind())) await wait(500)
  }

  private async isFarBehind(): Promise<boolean> {
    const filter = { pendingSince: { $lt: new Date(Date.now() - longestLagMs) }, rejection: { $exists: false } }
    for (const { model } of this.services.search.types) {
      if ((await model.findOne(filter).asSystem('how far the engine is').select({ _id: 1 }).lean()) !== null) return true
    }
    return false
  }
}
