import { Conflict } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import { carriedOver, moveOf, takenBack } from './heldSkills.ts'
import type { SkillBearer, SkillHolder } from './skillHolder.ts'
import type { SkillMerge, SkillMove } from './skillMergeModel.ts'

const batchSize = 50

/** Told after each record. @returns whether to go on; what it throws ends the work */
export type Reached = (records: number) => boolean

/**
 * The records that a merge changes, one by one. Each is read, then the merge is asked if it still goes on, then the record is written as it was read
 * or not at all: a process that was away for long does nothing to a merge that is over.
 */
export class RecordMoves {
  private readonly models: Pick<Models, 'skillMerges' | 'skillMoves'>
  private readonly holders: readonly SkillHolder[]

  constructor(models: Pick<Models, 'skillMerges' | 'skillMoves'>, holders: readonly SkillHolder[]) {
    this.models = models
    this.holders = holders
  }

  /** @returns whether none is left */
  async carryOver(merge: SkillMerge, reached: Reached): Promise<boolean> {
    let records = 0
    for (const holder of this.holders)
      for (;;) {
        const having = await holder.having(merge.mergedId, batchSize)
        if (having.length === 0) break
        for (const bearer of having) {
          await this.move(merge, holder, bearer)
          if (!reached(++records)) return false
        }
      }
    return true
  }

  /** @returns whether none is left */
  async takeBack(merge: SkillMerge, reached: Reached): Promise<boolean> {
    let records = 0
    for (;;) {
      const left = await this.models.skillMoves
        .find({ mergeId: merge._id, undone: { $exists: false } })
        .limit(batchSize)
        .lean<SkillMove[]>()
      if (left.length === 0) return true
      for (const move of left) {
        await this.restore(merge, move)
        if (!reached(++records)) return false
      }
    }
  }

  /** The ids of the records of a kind that were left alone when the merge was undone. */
  async leftAlone({ _id }: SkillMerge, kind: SkillHolder['kind']): Promise<string[]> {
    const moves = await this.models.skillMoves.find({ mergeId: _id, undone: 'left' }).lean<SkillMove[]>()
    return moves.filter(move => move.kind === kind).map(({ recordId }) => recordId)
  }

  /** One that was changed meanwhile is found again in the next batch. */
  private async move(merge: SkillMerge, { kind, write }: SkillHolder, bearer: SkillBearer): Promise<void> {
    await this.requireState(merge, 'merging')
    const move = moveOf(bearer.skills, merge)
    if (await this.keep({ mergeId: merge._id, kind, recordId: bearer._id, rev: bearer.rev, ...move }))
      await write(bearer, carriedOver(bearer.skills, move))
  }

  /** @returns false when another process read a newer one */
  private async keep(move: Omit<SkillMove, '_id'>): Promise<boolean> {
    const _id = `${move.mergeId}:${move.recordId}`
    try {
      await this.models.skillMoves.updateOne({ _id, rev: { $lte: move.rev } }, { $set: move }, { upsert: true })
      return true
    } catch (error) {
      if (isTaken(error)) return false
      throw error
    }
  }

  /** One that was changed meanwhile is looked at again in the next batch. */
  private async restore(merge: SkillMerge, move: SkillMove): Promise<void> {
    const holder = this.holders.find(({ kind }) => kind === move.kind)
    const bearer = await holder?.byId(move.recordId)
    await this.requireState(merge, 'undoing')
    if (holder === undefined || bearer === undefined) return this.mark(move, 'left')
    if (bearer.skills.some(({ skillId }) => skillId === merge.mergedId)) return this.mark(move, 'restored')
    const skills = takenBack(bearer.skills, move)
    if (skills === undefined) return this.mark(move, 'left')
    if (await holder.write(bearer, skills)) await this.mark(move, 'restored')
  }

  private async mark({ _id }: SkillMove, undone: 'restored' | 'left'): Promise<void> {
    await this.models.skillMoves.updateOne({ _id, undone: { $exists: false } }, { $set: { undone } })
  }

  private async requireState({ _id }: SkillMerge, state: SkillMerge['state']): Promise<void> {
    const going = this.models.skillMerges.countDocuments({ _id, state }).asSystem('a step asks if its merge still goes on')
    if ((await going) === 0) throw new Conflict('This merge went on elsewhere meanwhile. Look at it again.')
  }
}
