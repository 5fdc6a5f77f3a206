import type { Connection } from 'mongoose'
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import { Unavailable } from '../../failures.ts'
import { inLogContext } from '../../monitoring/logContext.ts'
import { allowWrite, type SearchableRecord } from '../../storage/searchable.ts'
import type { KeptPassages } from '../meaning/keptPassages.ts'
import type { BulkOutcome, SearchEngine } from '../searchEngine.ts'
import type { SearchType } from '../searchType.ts'
import { atMost, hasPendingChildren, raiseParents } from './childRecords.ts'
import { bulkOperations } from './searchDocuments.ts'
import type { SearchIndexes } from './searchIndexes.ts'

const batchSize = 200
const pollMs = 1_000
const longestBackOffMs = 10_000
const longestRetryMs = 3_600_000
/** How often it is looked whether the engine has its indexes still. */
const prepareAgainMs = 60_000
/** Longer than the engine remembers deletes (60 s) plus the longest request (30 s). */
const tombstoneMs = 300_000

interface Collaborators {
  types: readonly SearchType[]
  engine: SearchEngine
  searchIndexes: SearchIndexes
  /** Where records are found by meaning. */
  passages?: KeptPassages | undefined
  connection: Connection
  clock: Clock
  log: Logger
}

/** Brings pending records to the engine, until nothing is pending. Several processes may do so at once: the rev decides. */
export class Indexer {
  /** Since the start, for metrics: batches that the engine took, rounds that ended early, records it took and refused. */
  readonly counts = { batches: 0, brokenOff: 0, taken: 0, rejected: 0 }
  private readonly with: Collaborators
  private working: Promise<void> | undefined
  private next: Promise<void> | undefined
  private awaited: Promise<void> | undefined
  private prepared = false
  private preparedAt = 0
  private stopped = true
  private stopping = false
  private backOffMs = 0
  private timer: NodeJS.Timeout | undefined
  private readonly wake = () => this.schedule(0)

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  start(): void {
    this.stopped = false
    this.stopping = false
    this.with.connection.on('pending', this.wake)
    this.schedule(0)
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.stopping = true
    this.with.connection.off('pending', this.wake)
    clearTimeout(this.timer)
    for (let last = this.last(); last !== undefined; last = this.last()) await last.catch(() => undefined)
  }

  /**
   * Waits until nothing is pending but what the engine rejected; works itself when nobody does.
   * @throws Unavailable when that takes longer than `withinMs`, or the engine does not answer
   */
  async settled({ type, id, withinMs = 60_000 }: { type?: string; id?: string; withinMs?: number } = {}): Promise<void> {
    const deadline = Date.now() + withinMs
    while (await this.isBehind(type, id)) {
      if (Date.now() > deadline) throw new Unavailable('The search engine has not taken the change yet; it will as soon as it can.')
      await inTime(this.drain(), deadline - Date.now())
    }
  }

  /**
   * One round over all types; rounds never run beside each other in a process. One that is under way may have passed what a caller waits for already:
   * all who come meanwhile share the next.
   */
  drain(): Promise<void> {
    const last = this.last()
    if (last === undefined) return this.begin()
    this.next ??= last
      .catch(() => undefined)
      .then(() => {
        this.next = undefined
        return this.begin()
      })
    return this.next
  }

  private last(): Promise<void> | undefined {
    return this.next ?? this.working
  }

  private begin(): Promise<void> {
    this.working = this.round()
      .catch(error => {
        this.prepared = false
        throw error
      })
      .finally(() => {
        this.working = undefined
      })
    return this.working
  }

  private async round(): Promise<void> {
    const { types, searchIndexes, clock } = this.with
    const now = clock.now().getTime()
    const mustPrepare = !this.prepared || now - this.preparedAt > prepareAgainMs
    if (mustPrepare) await Promise.all(types.map(type => searchIndexes.prepare(type)))
    for (const type of types) {
      await raiseParents(type, clock)
      while (await this.sendBatch(type)) if (this.stopping) return
    }
    if (mustPrepare) this.preparedAt = now
    this.prepared = true
    await this.removeTombstones()
  }

  /** @returns whether there is more to send */
  private async sendBatch(type: SearchType): Promise<boolean> {
    const { engine, searchIndexes, passages } = this.with
    const before = await searchIndexes.of(type.type)
    const records = before === undefined ? [] : await this.pending(type)
    if (before === undefined || records.length === 0) return false
    const most = atMost(type, batchSize)
    const operations = await bulkOperations(type, records)
    const attached = (await passages?.attach(type, operations)) ?? operations
    const outcomes: BulkOutcome[][] = []
    for (const index of before.targets) {
      outcomes.push(await engine.bulk(index, searchIndexes.isInStep(type, index) ? attached : operations))
      if (records.length < most) await engine.refresh(index)
    }
    const after = await searchIndexes.of(type.type)
    if (after?.epoch === before.epoch) await this.settle(type, records, outcomes)
    return records.length === most
  }

  private pending(type: SearchType): Promise<SearchableRecord[]> {
    return type.model
      .find({
        pendingSince: { $exists: true },
        $or: [{ rejection: { $exists: false } }, { 'rejection.retryAt': { $lte: this.with.clock.now() } }],
      })
      .asSystem('the engine gets every record')
      .sort({ pendingSince: 1 })
      .limit(atMost(type, batchSize))
      .lean<SearchableRecord[]>()
  }

  private async settle(type: SearchType, records: SearchableRecord[], outcomes: BulkOutcome[][]): Promise<void> {
    const rejectedBefore = this.counts.rejected
    const operations = records.map((record, position) => {
      const rejected = outcomes.map(ofIndex => ofIndex[position]).find(outcome => typeof outcome === 'object')
      const change =
        typeof rejected === 'object' ? this.rejection(type, record, rejected.rejected) : { $unset: { pendingSince: 1, rejection: 1 } }
      return { updateOne: { filter: { _id: record._id, rev: record.rev }, update: change } }
    })
    await type.model.bulkWrite(allowWrite(operations) as never, { ordered: false })
    this.counts.batches++
    this.counts.taken += records.length - (this.counts.rejected - rejectedBefore)
  }

  private rejection(type: SearchType, record: SearchableRecord, reason: string) {
    this.counts.rejected++
    const attempts = (record.rejection?.attempts ?? 0) + 1
    const retryAt = new Date(this.with.clock.now().getTime() + Math.min(longestRetryMs, 1_000 * 2 ** attempts))
    this.with.log.error({ type: type.type, id: record._id, attempts, reason }, 'the search engine rejected a record')
    return { $set: { rejection: { reason, attempts, retryAt } } }
  }

  private async isBehind(typeName?: string, id?: string): Promise<boolean> {
    if (!this.prepared) return true
    for (const type of this.with.types) {
      if (typeName !== undefined && type.type !== typeName) continue
      if (await hasPendingChildren(type)) return true
      const filter = { ...(id === undefined ? {} : { _id: id }), pendingSince: { $exists: true }, rejection: { $exists: false } }
      if ((await type.model.findOne(filter).asSystem('how far the engine is').select({ _id: 1 }).lean()) !== null) return true
    }
    return false
  }

  private schedule(delayMs: number): void {
    if (this.stopped) return
    clearTimeout(this.timer)
    const work = () => void inLogContext({ part: 'indexer' }, () => this.work())
    this.timer = setTimeout(work, Math.max(delayMs, this.backOffMs))
  }

  private async work(): Promise<void> {
    const round = this.drain()
    // Whoever waits for this round already sees to the one after it.
    if (round === this.awaited) return
    this.awaited = round
    try {
      await round
      this.backOffMs = 0
    } catch (error) {
      this.counts.brokenOff++
      if (this.stopped) return
      this.backOffMs = Math.min(longestBackOffMs, Math.max(500, this.backOffMs * 2))
      this.with.log.warn({ err: error, retryMs: this.backOffMs }, 'indexing waits: the search engine or the database does not answer')
    }
    this.schedule(pollMs)
  }

  private async removeTombstones(): Promise<void> {
    const before = new Date(this.with.clock.now().getTime() - tombstoneMs)
    for (const type of this.with.types) {
      if ((await this.with.searchIndexes.of(type.type))?.filling !== undefined) continue
      await allowWrite(type.model.deleteMany({ deletedAt: { $lt: before }, pendingSince: { $exists: false } }))
    }
  }
}

async function inTime(work: Promise<void>, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable('The search engine did not answer in time.')), Math.max(1, withinMs))
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}
