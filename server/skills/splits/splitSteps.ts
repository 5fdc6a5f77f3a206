import { Conflict } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { spellingOf } from '../../storage/titleWords.ts'
import type { HeldSkill } from '../merges/heldSkills.ts'
import type { Reached } from '../merges/recordMoves.ts'
import type { SkillHolder } from '../merges/skillHolder.ts'
import { namesOf } from '../similarNames.ts'
import type { SkillKeeping } from '../skillKeeping.ts'
import type { Skill } from '../skillModel.ts'
import { SkillReservations } from '../skillReservations.ts'
import type { SkillSplit, SplitRecord } from './skillSplitModel.ts'

const mostTries = 10

/** What follows when a split is decided. Each step can be repeated, by two processes at once too; both skills are reserved by the id of the split. */
export class SplitSteps {
  private readonly models: Pick<Models, 'skills' | 'skillSplits'>
  private readonly with: { skillKeeping: SkillKeeping; holders: readonly SkillHolder[] }
  private readonly reservations: SkillReservations

  constructor(
    models: Pick<Models, 'skills' | 'skillSplits'>,
    collaborators: { skillKeeping: SkillKeeping; holders: readonly SkillHolder[] },
  ) {
    this.models = models
    this.with = collaborators
    this.reservations = new SkillReservations(models)
  }

  /** @returns whether no step is left @throws Conflict when it cannot be: it is as if nobody had decided it */
  async goOn(split: SkillSplit, reached: Reached): Promise<boolean> {
    if (split.state === 'splitting' && !(await this.carryOut(split, reached))) return false
    for (const id of [split.skillId, split.newSkillId]) await this.reservations.release(id, split._id)
    await this.models.skillSplits.updateOne({ _id: split._id, state: 'split' }, { $unset: { unfinished: 1 } })
    return true
  }

  private async carryOut(split: SkillSplit, reached: Reached): Promise<boolean> {
    const { _id, skillId, newSkillId } = split
    if (!(await this.reservations.reserve(skillId, _id, split.version))) await this.refuse(split)
    await this.with.skillKeeping.keep(newSkillId, split)
    await this.reservations.reserve(newSkillId, _id)
    await this.takeAlong(split)
    await this.reservations.takeNamesOff(skillId, namesOf(split))
    if (!(await this.changeRecords(split, reached))) return false
    await this.models.skillSplits.updateOne({ _id, state: 'splitting' }, { $set: { state: 'split' } })
    return true
  }

  private async refuse({ _id, skillId }: SkillSplit): Promise<never> {
    await this.reservations.release(skillId, _id)
    await this.models.skillSplits.deleteOne({ _id, state: 'splitting' })
    throw changedMeanwhile()
  }

  /** What was merged into the old one under a name of the new one leads to the new one. */
  private async takeAlong({ skillId, newSkillId, ...split }: SkillSplit): Promise<void> {
    const ids = (await mergedNamed(this.models, skillId, namesOf(split))).map(({ _id }) => _id)
    if (ids.length > 0)
      await this.models.skills.updateMany({ _id: { $in: ids }, mergedInto: skillId }, { $set: { mergedInto: newSkillId } })
  }

  /** @returns whether none is left */
  private async changeRecords(split: SkillSplit, reached: Reached): Promise<boolean> {
    let changed = 0
    for (const record of split.records) {
      const outcome = await this.change(split, record)
      if (outcome === 'busy') return false
      if (outcome === 'changed' && !reached(++changed)) return false
    }
    return true
  }

  /** One that has the new skill is done already; one that has lost the old one meanwhile is left alone. */
  private async change({ skillId, newSkillId }: SkillSplit, { kind, recordId, way }: SplitRecord): Promise<'changed' | 'done' | 'busy'> {
    const holder = this.with.holders.find(candidate => candidate.kind === kind)
    for (let tries = 0; tries < mostTries; tries++) {
      const bearer = await holder?.byId(recordId)
      const held = bearer?.skills.find(skill => skill.skillId === skillId)
      if (holder === undefined || bearer === undefined || held === undefined) return 'done'
      if (bearer.skills.some(skill => skill.skillId === newSkillId)) return 'done'
      const divided: HeldSkill[] = [...(way === 'both' ? [held] : []), { ...held, skillId: newSkillId }]
      const skills = bearer.skills.flatMap(skill => (skill.skillId === skillId ? divided : [skill]))
      if (await holder.write(bearer, skills)) return 'changed'
    }
    return 'busy'
  }
}

/** Those that were merged into a skill and have one of these names. */
export async function mergedNamed({ skills }: Pick<Models, 'skills'>, skillId: string, names: readonly string[]): Promise<Skill[]> {
  const spellings = new Set(names.map(spellingOf))
  const merged = await skills.find({ mergedInto: skillId }).asSystem('names are unique over the whole vocabulary').lean<Skill[]>()
  return merged.filter(skill => namesOf(skill).some(name => spellings.has(spellingOf(name))))
}

export const changedMeanwhile = () =>
  new Conflict(
    'Somebody else changed, merged or split this skill since you looked at this page. It shows the skill as it is now: look again, then split.',
  )
