import { Conflict } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { spellingOf } from '../../storage/titleWords.ts'
import type { SkillKeeping } from '../skillKeeping.ts'
import type { Skill } from '../skillModel.ts'
import { SkillReservations } from '../skillReservations.ts'
import type { Reached, RecordMoves } from './recordMoves.ts'
import type { SkillMerge } from './skillMergeModel.ts'

/**
 * What follows when a merge, or its end, is decided. Each step can be repeated, by two processes at once too. The two skills are reserved by the id of the merge: as long
 * as they are, nobody else changes or merges them. The merged one stays so, which says by which merge it is.
 */
export class MergeSteps {
  private readonly models: Pick<Models, 'skills' | 'skillMerges'>
  private readonly with: { skillKeeping: SkillKeeping; recordMoves: RecordMoves }
  private readonly reservations: SkillReservations

  constructor(models: Pick<Models, 'skills' | 'skillMerges'>, collaborators: { skillKeeping: SkillKeeping; recordMoves: RecordMoves }) {
    this.models = models
    this.with = collaborators
    this.reservations = new SkillReservations(models)
  }

  /** @returns whether no step is left @throws Conflict when it cannot be: it is as if nobody had decided it */
  async goOn(merge: SkillMerge, reached: Reached): Promise<boolean> {
    if (merge.state === 'merging' && !(await this.carryOut(merge, reached))) return false
    if (merge.state === 'undoing' && !(await this.takeBack(merge, reached))) return false
    const isUndone = merge.state === 'undoing' || merge.state === 'undone'
    await this.reservations.release(merge.keptId, isUndone ? undoOf(merge) : merge._id)
    if (isUndone) await this.reservations.release(merge.mergedId, merge._id)
    await this.models.skillMerges.updateOne({ _id: merge._id, state: { $in: ['merged', 'undone'] } }, { $unset: { unfinished: 1 } })
    return true
  }

  private async carryOut(merge: SkillMerge, reached: Reached): Promise<boolean> {
    const { _id, mergedId, keptId, names } = merge
    await this.reserveBoth(merge)
    await this.takeAlong(merge)
    await this.models.skills.updateOne({ _id: mergedId, merging: _id, mergedInto: { $exists: false } }, { $set: { mergedInto: keptId } })
    for (const name of merge.withoutName ? names.slice(1) : names) await this.with.skillKeeping.addAlias(keptId, name)
    if (!(await this.with.recordMoves.carryOver(merge, reached))) return false
    await this.models.skillMerges.updateOne({ _id, state: 'merging' }, { $set: { state: 'merged' } })
    return true
  }

  private async takeBack(merge: SkillMerge, reached: Reached): Promise<boolean> {
    const { _id, mergedId, keptId, names, followingIds } = merge
    await this.reserveForUndo(merge)
    await this.reservations.takeNamesOff(keptId, names)
    await this.models.skills.updateOne({ _id: mergedId, merging: _id, mergedInto: keptId }, { $unset: { mergedInto: 1 } })
    await this.models.skills.updateMany({ _id: { $in: followingIds }, mergedInto: keptId }, { $set: { mergedInto: mergedId } })
    if (!(await this.with.recordMoves.takeBack(merge, reached))) return false
    await this.models.skillMerges.updateOne({ _id, state: 'undoing' }, { $set: { state: 'undone' } })
    return true
  }

  /** In the order of their ids, so that of two merges at once of the same skills one is done. */
  private async reserveBoth(merge: SkillMerge): Promise<void> {
    const { merged, kept } = merge.versions
    const both = [
      { id: merge.mergedId, version: merged },
      { id: merge.keptId, version: kept },
    ].sort((a, b) => (a.id < b.id ? -1 : 1))
    for (const { id, version } of both) if (!(await this.reservations.reserve(id, merge._id, version))) await this.refuse(merge)
  }

  private async refuse(merge: SkillMerge): Promise<never> {
    for (const id of [merge.keptId, merge.mergedId]) await this.reservations.release(id, merge._id)
    await this.models.skillMerges.deleteOne({ _id: merge._id, state: 'merging' })
    throw changedMeanwhile()
  }

  /** What was merged into the merged one goes with it, so that nothing is two steps away. */
  private async takeAlong({ _id, mergedId, keptId }: SkillMerge): Promise<void> {
    const following = await this.models.skills
      .find({ mergedInto: mergedId })
      .asSystem('a merge takes along what was merged before')
      .lean<Skill[]>()
    const ids = following.map(skill => skill._id)
    if (ids.length === 0) return
    await this.models.skillMerges.updateOne({ _id }, { $addToSet: { followingIds: { $each: ids } } })
    await this.models.skills.updateMany({ _id: { $in: ids }, mergedInto: mergedId }, { $set: { mergedInto: keptId } })
  }

  private async reserveForUndo(merge: SkillMerge): Promise<void> {
    const reserved = await this.reservations.reserve(merge.keptId, undoOf(merge))
    const kept = await this.reservations.skill(merge.keptId)
    const isCalledSo = merge.names.map(spellingOf).includes(spellingOf(kept.name))
    if (reserved && !isCalledSo) return
    await this.reservations.release(merge.keptId, undoOf(merge))
    await this.models.skillMerges.updateOne(
      { _id: merge._id, state: 'undoing' },
      { $set: { state: 'merged' }, $unset: { unfinished: 1, undoneAt: 1, undoneById: 1 } },
    )
    throw new Conflict(
      isCalledSo
        ? `“${kept.name}” has the name of the skill that would come back. Rename it first, then undo the merge.`
        : `“${kept.name}” was merged itself since, or is being merged. Undo that merge first, or try again in a moment.`,
    )
  }
}

const undoOf = ({ _id }: SkillMerge) => `undo ${_id}`

export const changedMeanwhile = () =>
  new Conflict(
    'Somebody else changed or merged one of the two skills since you looked at this page. It shows them as they are now: look again, then merge.',
  )
