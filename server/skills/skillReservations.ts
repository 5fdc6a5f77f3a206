import { Conflict } from '../failures.ts'
import type { Models } from '../models.ts'
import { spellingOf } from '../storage/titleWords.ts'
import type { Skill } from './skillModel.ts'
import { firstWordsOf } from './skillService.ts'
import { skillVersionOf } from './skillVersion.ts'

const free = { mergedInto: { $exists: false }, merging: { $exists: false } }
const mostTries = 10

/** Skills that a merge or a split has to itself until it is done: as long as it has, nobody else changes, merges or splits them. */
export class SkillReservations {
  private readonly skills: Models['skills']

  constructor({ skills }: Pick<Models, 'skills'>) {
    this.skills = skills
  }

  /** @param version  what its page showed; left out, whatever it is @returns whether it is reserved: false when it was changed since, or somebody else has it */
  async reserve(skillId: string, by: string, version?: string): Promise<boolean> {
    const skill = await this.skill(skillId)
    if (skill.merging === by) return true
    if (version !== undefined && skillVersionOf(skill) !== version) return false
    const { name, aliases, group, description } = skill
    const asRead = version === undefined ? {} : { name, aliases, group, description }
    await this.skills.updateOne({ _id: skillId, ...asRead, ...free }, { $set: { merging: by } })
    return (await this.skill(skillId)).merging === by
  }

  /** One that was merged stays reserved: that says by which merge. */
  async release(skillId: string, by: string): Promise<void> {
    await this.skills.updateOne({ _id: skillId, merging: by, mergedInto: { $exists: false } }, { $unset: { merging: 1 } })
  }

  /** Its other names, but for these. */
  async takeNamesOff(skillId: string, names: readonly string[]): Promise<void> {
    const gone = new Set(names.map(spellingOf))
    for (let tries = 0; tries < mostTries; tries++) {
      const { name, aliases } = await this.skill(skillId)
      const left = aliases.filter(alias => !gone.has(spellingOf(alias)))
      const change = { $set: { aliases: left, firstWords: firstWordsOf({ name, aliases: left }) } }
      if ((await this.skills.updateOne({ _id: skillId, aliases }, change)).matchedCount === 1) return
    }
    throw new Conflict('This skill is being changed by others just now. Try again in a moment.')
  }

  async skill(_id: string): Promise<Skill> {
    const skill = await this.skills.findOne({ _id }).asSystem('what was decided of skills is carried out').lean<Skill>()
    if (skill === null) throw new Error(`There is no skill ${_id}, of which a merge or a split is not finished`)
    return skill
  }
}
