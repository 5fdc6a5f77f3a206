import { administratorsToken, type Reader, type SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid, NotFound } from '../../failures.ts'
import type { JobQueue } from '../../jobs/jobQueue.ts'
import type { Models } from '../../models.ts'
import type { Following } from '../../notifications/following.ts'
import { newId } from '../../storage/newId.ts'
import { namesOf } from '../similarNames.ts'
import { mostAliases } from '../skillForms.ts'
import { refuseOthers, type SkillKeeping } from '../skillKeeping.ts'
import type { Skill } from '../skillModel.ts'
import type { SkillService } from '../skillService.ts'
import { skillVersionOf } from '../skillVersion.ts'
import { changedMeanwhile, MergeSteps } from './mergeSteps.ts'
import { type Reached, RecordMoves } from './recordMoves.ts'
import type { SkillHolder } from './skillHolder.ts'
import type { SkillMerge } from './skillMergeModel.ts'

export const daysToUndo = 30
const dayMs = 24 * 60 * 60 * 1_000
const mostShown = 20
/** So many records are changed while the administrator waits; the job does the others. */
const recordsAtOnce = 30
export const mergeJobName = 'finish-skill-merges'

interface Collaborators {
  skills: SkillService
  skillKeeping: SkillKeeping
  following: Following
  holders: readonly SkillHolder[]
  jobs: JobQueue
  clock: Clock
}

export interface MergePair {
  merged: Skill
  kept: Skill
}

/** Two skills of the vocabulary that are one: what would change, the decision, and its end within 30 days. One write decides; a job finishes what was cut short. */
export class SkillMerges {
  private readonly models: Pick<Models, 'skillMerges'>
  private readonly with: Collaborators
  private readonly recordMoves: RecordMoves
  private readonly steps: MergeSteps

  constructor(models: Pick<Models, 'skills' | 'skillMerges' | 'skillMoves'>, collaborators: Collaborators) {
    this.models = models
    this.with = collaborators
    this.recordMoves = new RecordMoves(models, collaborators.holders)
    this.steps = new MergeSteps(models, { ...collaborators, recordMoves: this.recordMoves })
  }

  /** @throws Invalid when the names are not those of two skills, or of two that cannot be one */
  async pair(keeper: SignedInPerson, names: { merged: string; kept: string }): Promise<MergePair> {
    const [merged, kept] = await Promise.all([this.with.skills.called(names.merged, keeper), this.with.skills.called(names.kept, keeper)])
    if (merged === undefined) throw new Invalid({ merged: `“${names.merged}” is not in the skills vocabulary` })
    if (kept === undefined) throw new Invalid({ kept: `“${names.kept}” is not in the skills vocabulary` })
    if (merged._id === kept._id) throw new Invalid({ kept: `“${names.merged}” and “${names.kept}” are one skill already` })
    if (kept.aliases.length + namesOf(merged).length > mostAliases)
      throw new Invalid({ kept: `${kept.name} would have more than ${mostAliases} other names. Take some off one of the two first` })
    return { merged, kept }
  }

  /** How much would change, as far as the reader may see it. */
  async extent(reader: Reader, { merged, kept }: MergePair) {
    const counts = this.with.holders.map(async ({ kind, count }) => {
      const [ofMerged, ofBoth] = await Promise.all([count(reader, [merged._id]), count(reader, [merged._id, kept._id])])
      return { kind, ofMerged, ofBoth }
    })
    return { records: await Promise.all(counts), followers: await this.with.following.countOf('skill', merged._id) }
  }

  /**
   * @param opened  the version of both that the preview showed
   * @param how  `withoutName` when the merged one's own name shall not become another name of the kept one
   * @throws Conflict when one was changed or merged since
   */
  async merge(
    keeper: SignedInPerson,
    { merged, kept }: MergePair,
    opened: string,
    how: Pick<SkillMerge, 'withoutName'> = {},
  ): Promise<SkillMerge> {
    refuseOthers(keeper)
    if (skillVersionOf(merged, kept) !== opened) throw changedMeanwhile()
    const merge: SkillMerge = {
      _id: newId(),
      mergedId: merged._id,
      keptId: kept._id,
      names: namesOf(merged),
      ...how,
      versions: { merged: skillVersionOf(merged), kept: skillVersionOf(kept) },
      followingIds: [],
      state: 'merging',
      unfinished: true,
      createdAt: this.with.clock.now(),
      byId: keeper.id,
      readers: [administratorsToken],
    }
    await this.models.skillMerges.insertMany([merge], { lean: true })
    return this.begin(merge)
  }

  /** @throws Conflict when it is too late, undone already, or cannot be undone as things are */
  async undo(keeper: SignedInPerson, id: string): Promise<SkillMerge> {
    refuseOthers(keeper)
    if (!this.canBeUndone(await this.find(keeper, id)))
      throw new Conflict(`This merge cannot be undone: that is possible once, when it is finished, and within ${daysToUndo} days.`)
    const undoing = await this.models.skillMerges
      .findOneAndUpdate(
        { _id: id, state: 'merged', unfinished: { $exists: false } },
        { $set: { state: 'undoing', unfinished: true, undoneAt: this.with.clock.now(), undoneById: keeper.id } },
        { returnDocument: 'after' },
      )
      .lean<SkillMerge>()
    if (undoing === null) throw new Conflict('Somebody else undid this merge just now. What came of it is shown here.')
    return this.begin(undoing)
  }

  canBeUndone({ state, unfinished, createdAt }: SkillMerge): boolean {
    return state === 'merged' && unfinished === undefined && this.lastDay(createdAt) > this.with.clock.now()
  }

  lastDay(createdAt: Date): Date {
    return new Date(createdAt.getTime() + daysToUndo * dayMs)
  }

  /** Newest first: those that can be undone, and those that were. */
  list(reader: Reader): Promise<SkillMerge[]> {
    const since = new Date(this.with.clock.now().getTime() - daysToUndo * dayMs)
    return this.models.skillMerges
      .find({ createdAt: { $gt: since } })
      .readableBy(reader)
      .sort({ createdAt: -1 })
      .limit(mostShown)
      .lean<SkillMerge[]>()
  }

  /** @throws NotFound */
  async find(reader: Reader, id: string): Promise<SkillMerge> {
    const merge = await this.models.skillMerges.findOne({ _id: id }).readableBy(reader).lean<SkillMerge>()
    if (merge === null) throw new NotFound('There is no such merge. Look at the list of those of the last 30 days.')
    return merge
  }

  /** How many records, as far as the reader may see them, were changed by people after the merge, so that its end left them alone. */
  leftAlone(reader: Reader, merge: SkillMerge) {
    const counts = this.with.holders.map(async ({ kind, countOf }) => ({
      kind,
      count: await countOf(reader, await this.recordMoves.leftAlone(merge, kind)),
    }))
    return Promise.all(counts)
  }

  /** @returns how many were finished that had been cut short @throws the last failure, when the others are finished */
  async finish(reached: Reached = () => true): Promise<number> {
    const begun = this.models.skillMerges.find({ unfinished: true }).asSystem('a job finishes what was decided')
    let failure: unknown
    let finished = 0
    for (const merge of await begun.limit(100).lean<SkillMerge[]>())
      try {
        if (await this.steps.goOn(merge, reached)) finished++
      } catch (error) {
        // It could not be done, and is as if nobody had decided it.
        if (!(error instanceof Conflict)) failure = error
      }
    if (failure !== undefined) throw failure
    return finished
  }

  private async begin(merge: SkillMerge): Promise<SkillMerge> {
    const isFinished = await this.steps.goOn(merge, records => records < recordsAtOnce)
    if (!isFinished) await this.with.jobs.ask({ name: mergeJobName })
    return merge
  }
}
