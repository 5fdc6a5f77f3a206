import { administratorsToken, type Reader, type SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid, NotFound } from '../../failures.ts'
import type { JobQueue } from '../../jobs/jobQueue.ts'
import type { Models } from '../../models.ts'
import { newId } from '../../storage/newId.ts'
import { spellingOf } from '../../storage/titleWords.ts'
import type { Reached } from '../merges/recordMoves.ts'
import type { ListedBearer, SkillHolder } from '../merges/skillHolder.ts'
import type { SkillMerge } from '../merges/skillMergeModel.ts'
import { daysToUndo, type SkillMerges } from '../merges/skillMerges.ts'
import { namesOf } from '../similarNames.ts'
import { refuseOthers, type SkillContent, type SkillKeeping, withoutRepetition } from '../skillKeeping.ts'
import type { Skill } from '../skillModel.ts'
import type { SkillService } from '../skillService.ts'
import { skillVersionOf } from '../skillVersion.ts'
import { proposedWay } from './proposedWay.ts'
import type { SkillSplit, SplitRecord, SplitWay } from './skillSplitModel.ts'
import type { SplitForm } from './splitForms.ts'
import { changedMeanwhile, mergedNamed, SplitSteps } from './splitSteps.ts'

const dayMs = 24 * 60 * 60 * 1_000
const mostShown = 20
/** Of each kind: a form has no room for more choices. The others keep the old skill. */
export const mostListed = 200
const recordsAtOnce = 30
export const splitJobName = 'finish-skill-splits'

interface Collaborators {
  skills: SkillService
  skillKeeping: SkillKeeping
  skillMerges: SkillMerges
  holders: readonly SkillHolder[]
  jobs: JobQueue
  clock: Clock
}

export interface PlannedSplit {
  skill: Skill
  /** The new skill. */
  content: SkillContent
}

export interface ListedRecord extends ListedBearer {
  kind: SkillHolder['kind']
  /** undefined: it keeps the old skill alone. */
  proposed: SplitWay | undefined
}

/** One skill of the vocabulary that is two: what would change, the decision, and its end within 30 days, which merges them again. */
export class SkillSplits {
  private readonly models: Pick<Models, 'skills' | 'skillSplits'>
  private readonly with: Collaborators
  private readonly steps: SplitSteps

  constructor(models: Pick<Models, 'skills' | 'skillSplits'>, collaborators: Collaborators) {
    this.models = models
    this.with = collaborators
    this.steps = new SplitSteps(models, collaborators)
  }

  /** @throws Invalid when there is no such skill, or the names of the new one are those of another */
  async plan(keeper: SignedInPerson, { skill: typed, ...form }: SplitForm): Promise<PlannedSplit> {
    const skill = await this.with.skills.called(typed, keeper)
    if (skill === undefined) throw new Invalid({ skill: `“${typed}” is not in the skills vocabulary` })
    const { name, aliases, group, description } = withoutRepetition(form)
    const content = { name, aliases, group: group.trim() === '' ? skill.group : group.trim(), description }
    if (namesOf(content).some(known => spellingOf(known) === spellingOf(skill.name)))
      throw new Invalid({ name: `“${skill.name}” is the name of the skill that stays. Rename that one first, or choose another name` })
    await this.with.skillKeeping.refuseClash(content, skill._id)
    await this.refuseUndoable(keeper, skill, content)
    return { skill, content }
  }

  /** What has the skill, as far as the reader may see it: first what names the new one. */
  async records(reader: Reader, { skill, content }: PlannedSplit): Promise<ListedRecord[]> {
    const fresh = namesOf(content)
    const left = namesOf(skill).filter(name => !fresh.some(other => spellingOf(other) === spellingOf(name)))
    const listed = await Promise.all(
      this.with.holders.map(async ({ kind, listed }) =>
        (await listed(reader, skill._id, mostListed)).map(record => ({
          ...record,
          kind,
          proposed: proposedWay(record.text, { old: left, new: fresh }),
        })),
      ),
    )
    return listed.flat().sort((a, b) => Number(b.proposed !== undefined) - Number(a.proposed !== undefined))
  }

  /**
   * @param records  which of them get the new skill; of those that the keeper cannot see none does
   * @param opened  the version of the skill that the preview showed
   * @throws Conflict when it was changed since
   */
  async split(keeper: SignedInPerson, plan: PlannedSplit, records: readonly SplitRecord[], opened: string): Promise<SkillSplit> {
    refuseOthers(keeper)
    const { skill, content } = plan
    if (skillVersionOf(skill) !== opened) throw changedMeanwhile()
    const seen = new Set((await this.records(keeper, plan)).map(({ kind, _id }) => `${kind}:${_id}`))
    const split: SkillSplit = {
      _id: newId(),
      skillId: skill._id,
      newSkillId: newId(),
      ...content,
      hadName: skill.aliases.some(alias => spellingOf(alias) === spellingOf(content.name)),
      version: opened,
      records: records.filter(({ kind, recordId }) => seen.has(`${kind}:${recordId}`)),
      state: 'splitting',
      unfinished: true,
      createdAt: this.with.clock.now(),
      byId: keeper.id,
      readers: [administratorsToken],
    }
    await this.models.skillSplits.insertMany([split], { lean: true })
    const isFinished = await this.steps.goOn(split, changed => changed < recordsAtOnce)
    if (!isFinished) await this.with.jobs.ask({ name: splitJobName })
    return split
  }

  /** The two become one again: what was declared of the new one since is of the old one. @throws Conflict when it is too late, or cannot be as things are */
  async undo(keeper: SignedInPerson, id: string): Promise<SkillMerge> {
    refuseOthers(keeper)
    const split = await this.find(keeper, id)
    const { kept, merged } = await this.skillsOf(keeper, split)
    if (merged?.mergedInto !== undefined)
      throw new Conflict('This split is undone already, or its new skill was merged. What came of it is shown here.')
    if (kept === undefined || merged === undefined || kept.mergedInto !== undefined || !this.isRecent(split))
      throw new Conflict(
        `This split cannot be undone: that is possible once, when it is finished, while both skills are there, and within ${daysToUndo} days.`,
      )
    return this.with.skillMerges.merge(keeper, { merged, kept }, skillVersionOf(merged, kept), split.hadName ? {} : { withoutName: true })
  }

  async canBeUndone(keeper: SignedInPerson, split: SkillSplit): Promise<boolean> {
    const { kept, merged } = await this.skillsOf(keeper, split)
    return this.isRecent(split) && [kept, merged].every(skill => skill !== undefined && skill.mergedInto === undefined)
  }

  /** The old skill, and the new one: merged again when the split was undone. */
  async skillsOf(reader: Reader, { skillId, newSkillId }: SkillSplit): Promise<{ kept: Skill | undefined; merged: Skill | undefined }> {
    const found = await this.with.skills.named({ ids: [skillId, newSkillId] }, reader)
    return { kept: found.find(({ _id }) => _id === skillId), merged: found.find(({ _id }) => _id === newSkillId) }
  }

  /** How many of the records that it changed the reader may see. */
  async extent(reader: Reader, { records }: SkillSplit) {
    const counts = this.with.holders.map(async ({ kind, countOf }) => {
      const ofKind = records.filter(record => record.kind === kind)
      const count = (way: SplitWay) =>
        countOf(
          reader,
          ofKind.flatMap(record => (record.way === way ? [record.recordId] : [])),
        )
      const [moved, both] = await Promise.all([count('moves'), count('both')])
      return { kind, moved, both }
    })
    return Promise.all(counts)
  }

  /** Newest first, those of the last 30 days. */
  list(reader: Reader): Promise<SkillSplit[]> {
    const since = new Date(this.with.clock.now().getTime() - daysToUndo * dayMs)
    return this.models.skillSplits
      .find({ createdAt: { $gt: since } })
      .readableBy(reader)
      .sort({ createdAt: -1 })
      .limit(mostShown)
      .lean<SkillSplit[]>()
  }

  /** @throws NotFound */
  async find(reader: Reader, id: string): Promise<SkillSplit> {
    const split = await this.models.skillSplits.findOne({ _id: id }).readableBy(reader).lean<SkillSplit>()
    if (split === null) throw new NotFound('There is no such split. Look at the list of those of the last 30 days.')
    return split
  }

  /** @returns how many were finished that had been cut short @throws the last failure, when the others are finished */
  async finish(reached: Reached = () => true): Promise<number> {
    const begun = this.models.skillSplits.find({ unfinished: true }).asSystem('a job finishes what was decided')
    let failure: unknown
    let finished = 0
    for (const split of await begun.limit(100).lean<SkillSplit[]>())
      try {
        if (await this.steps.goOn(split, reached)) finished++
      } catch (error) {
        // It could not be done, and is as if nobody had decided it.
        if (!(error instanceof Conflict)) failure = error
      }
    if (failure !== undefined) throw failure
    return finished
  }

  private isRecent({ unfinished, createdAt }: SkillSplit): boolean {
    return unfinished === undefined && this.with.skillMerges.lastDay(createdAt) > this.with.clock.now()
  }

  /** A name that came by a merge goes back by the end of that merge, as long as that is possible. */
  private async refuseUndoable(keeper: SignedInPerson, skill: Skill, content: SkillContent): Promise<void> {
    for (const { name, merging = '' } of await mergedNamed(this.models, skill._id, namesOf(content))) {
      const merge = await this.with.skillMerges.find(keeper, merging).catch(ifMissing)
      if (merge !== undefined && this.with.skillMerges.canBeUndone(merge))
        throw new Invalid({
          name: `“${name}” was merged into ${skill.name}. Undo that merge instead: it is in the list of the skills vocabulary`,
        })
    }
  }
}

function ifMissing(error: unknown): undefined {
  if (!(error instanceof NotFound)) throw error
}
