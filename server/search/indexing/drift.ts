import type { Clock } from '../../clock.ts'
import { allowWrite, type SearchableRecord } from '../../storage/searchable.ts'
import type { SearchEngine, StoredSearchDocument } from '../searchEngine.ts'
import type { SearchType } from '../searchType.ts'
import { atMost, type ChildTexts, childTextsOf, raiseParents } from './childRecords.ts'
import { fingerprint, searchDocument } from './searchDocuments.ts'
import type { SearchIndexes } from './searchIndexes.ts'

const pageSize = 500

/** missing: not in the engine; ghost: only there; stale: an older rev there; different: the same rev with other content. */
export type DriftKind = 'missing' | 'ghost' | 'stale' | 'different'

export interface Difference {
  type: string
  id: string
  kind: DriftKind
  /** Of the engine's copy; 0 when there is none. */
  engineRev: number
}

export interface DriftReport {
  compared: number
  differences: Difference[]
  repaired: number
}

type Progress = (compared: number) => void

/** Walks MongoDB and the engine side by side, in the order of ids, and finds what is not the same. */
export class DriftCheck {
  private readonly types: readonly SearchType[]
  private readonly engine: SearchEngine
  private readonly searchIndexes: SearchIndexes
  private readonly clock: Clock

  constructor(types: readonly SearchType[], engine: SearchEngine, searchIndexes: SearchIndexes, clock: Clock) {
    this.types = types
    this.engine = engine
    this.searchIndexes = searchIndexes
    this.clock = clock
  }

  /**
   * A difference is drift only when it is there twice: the first look may have met a record between its write and its indexing.
   * Pending records are left out. @throws Unavailable when the engine does not answer
   */
  async check({ repair = false, progress }: { repair?: boolean; progress?: Progress } = {}): Promise<DriftReport> {
    const report: DriftReport = { compared: 0, differences: [], repaired: 0 }
    for (const type of this.types) {
      await this.searchIndexes.prepare(type)
      const live = (await this.searchIndexes.of(type.type))?.live
      if (live === undefined) continue
      const { compared, differences } = await this.checkIndex(type, live, count => progress?.(report.compared + count))
      report.compared += compared
      report.differences.push(...differences)
      if (repair) report.repaired += await this.repair(type, live, differences)
    }
    return report
  }

  /** Compares one index, which may be one that is being filled. */
  async checkIndex(type: SearchType, index: string, progress?: Progress): Promise<{ compared: number; differences: Difference[] }> {
    await raiseParents(type, this.clock)
    await this.engine.refresh(index)
    const first = await this.look(type, index, progress)
    if (first.differences.length === 0) return first
    await this.engine.refresh(index)
    const second = await this.look(type, index)
    const again = new Set(second.differences.map(difference => `${difference.kind} ${difference.id}`))
    return { compared: first.compared, differences: first.differences.filter(({ kind, id }) => again.has(`${kind} ${id}`)) }
  }

  /** Marks what differs pending; a ghost is removed from the engine, since there is no record to mark. */
  async repair(type: SearchType, index: string, differences: readonly Difference[]): Promise<number> {
    const ghosts = differences.filter(({ kind }) => kind === 'ghost')
    if (ghosts.length > 0)
      await this.engine.bulk(
        index,
        ghosts.map(({ id, engineRev }) => ({ remove: { id, rev: engineRev } })),
      )
    const now = this.clock.now()
    const marks = differences
      .filter(({ kind }) => kind !== 'ghost')
      .map(({ id, kind, engineRev }) => {
        // Of a copy that is missing, the engine may remember the removal: it takes only what is newer.
        const raised = kind === 'missing' ? { $inc: { rev: 1 } } : { $max: { rev: engineRev } }
        return { updateOne: { filter: { _id: id }, update: { $set: { pendingSince: now }, ...raised, $unset: { rejection: 1 } } } }
      })
    if (marks.length > 0) {
      await type.model.bulkWrite(allowWrite(marks) as never)
      type.model.db.emit('pending')
    }
    return differences.length
  }

  private async look(type: SearchType, index: string, progress?: Progress): Promise<{ compared: number; differences: Difference[] }> {
    const copies = oneByOne(this.engine.walk(index, pageSize))
    try {
      return await this.lookAt(type, copies, progress)
    } finally {
      await copies.return(undefined)
    }
  }

  private async lookAt(
    type: SearchType,
    copies: AsyncGenerator<StoredSearchDocument, undefined>,
    progress?: Progress,
  ): Promise<{ compared: number; differences: Difference[] }> {
    const differences: Difference[] = []
    let copy = await copies.next()
    let compared = 0
    for await (const { record, childTexts } of this.records(type)) {
      while (!copy.done && copy.value.id < record._id) {
        differences.push({ type: type.type, id: copy.value.id, kind: 'ghost', engineRev: copy.value.rev })
        copy = await copies.next()
      }
      const own = !copy.done && copy.value.id === record._id ? copy.value : undefined
      const kind = record.pendingSince === undefined ? compare(type, record, childTexts, own) : undefined
      if (kind !== undefined) differences.push({ type: type.type, id: record._id, kind, engineRev: own?.rev ?? 0 })
      if (own !== undefined) copy = await copies.next()
      compared += 1
      if (compared % pageSize === 0) progress?.(compared)
    }
    for (; !copy.done; copy = await copies.next())
      differences.push({ type: type.type, id: copy.value.id, kind: 'ghost', engineRev: copy.value.rev })
    return { compared, differences: await this.stillGhosts(type, differences) }
  }

  private async *records(type: SearchType): AsyncGenerator<{ record: SearchableRecord; childTexts: ChildTexts }> {
    const size = atMost(type, pageSize)
    for (let after = ''; ; ) {
      const page = await type.model
        .find({ _id: { $gt: after } })
        .asSystem('the drift check compares every record')
        .sort({ _id: 1 })
        .limit(size)
        .lean<SearchableRecord[]>()
      const texts = await childTextsOf(
        type,
        page.map(({ _id }) => _id),
      )
      for (const record of page) yield { record, childTexts: texts.get(record._id) ?? {} }
      const last = page.at(-1)
      if (last === undefined || page.length < size) return
      after = last._id
    }
  }

  /** A record made while the walk was under way is no ghost. */
  private async stillGhosts(type: SearchType, differences: Difference[]): Promise<Difference[]> {
    const ghostIds = differences.filter(({ kind }) => kind === 'ghost').map(({ id }) => id)
    if (ghostIds.length === 0) return differences
    const alive = await type.model
      .find({ _id: { $in: ghostIds }, deletedAt: { $exists: false } })
      .asSystem('the drift check compares every record')
      .select({ _id: 1 })
      .lean()
    const there = new Set(alive.map(record => record._id))
    return differences.filter(({ id, kind }) => kind !== 'ghost' || !there.has(id))
  }
}

function compare(
  type: SearchType,
  record: SearchableRecord,
  childTexts: ChildTexts,
  copy: StoredSearchDocument | undefined,
): DriftKind | undefined {
  if (record.deletedAt !== undefined) return copy === undefined ? undefined : 'stale'
  if (copy === undefined) return 'missing'
  if (copy.rev !== record.rev) return 'stale'
  return fingerprint(searchDocument(type, record, childTexts)) === fingerprint(copy) ? undefined : 'different'
}

async function* oneByOne(pages: AsyncIterable<StoredSearchDocument[]>): AsyncGenerator<StoredSearchDocument, undefined> {
  for await (const page of pages) yield* page
}
