import { type Level, levels } from '../levels.ts'
import type { Skill } from '../skillModel.ts'

/** How many people somewhere have a skill. */
export interface Cover {
  people: number
  /** Of these, who is away for long. */
  away: number
  highest?: Level
}

export interface SkillCover {
  skill: Skill
  inAll: Cover
  /** By the ids of organisations; those that have nobody are not there. */
  inOrganisation: ReadonlyMap<string, Cover>
}

export interface Declaring {
  organisationId: string
  skills: readonly { skillId: string; level: Level }[]
  isAway: boolean
}

const nobody: Cover = { people: 0, away: 0 }

/** One person on whom all depends, while nobody else is there. */
export const isSinglePoint = ({ people, away }: Cover): boolean => people > 0 && people - away <= 1

export const coverIn = ({ inAll, inOrganisation }: SkillCover, organisationId?: string): Cover =>
  organisationId === undefined ? inAll : (inOrganisation.get(organisationId) ?? nobody)

/** Who has which skill where, in one pass over the people. @param atLeast  lower levels do not count */
export function coverageMap(skills: readonly Skill[], people: readonly Declaring[], atLeast: Level = levels[0]): SkillCover[] {
  const counted = new Map(skills.map(({ _id }) => [_id, { inAll: nobody, inOrganisation: new Map<string, Cover>() }]))
  for (const { organisationId, skills: declared, isAway } of people)
    for (const { skillId, level } of declared) {
      const cover = counted.get(skillId)
      if (cover === undefined || levels.indexOf(level) < levels.indexOf(atLeast)) continue
      cover.inAll = withOneMore(cover.inAll, level, isAway)
      cover.inOrganisation.set(organisationId, withOneMore(cover.inOrganisation.get(organisationId) ?? nobody, level, isAway))
    }
  return skills.map(skill => ({ skill, ...(counted.get(skill._id) ?? { inAll: nobody, inOrganisation: new Map() }) }))
}

const withOneMore = ({ people, away, highest }: Cover, level: Level, isAway: boolean): Cover => ({
  people: people + 1,
  away: away + (isAway ? 1 : 0),
  highest: highest === undefined || levels.indexOf(level) > levels.indexOf(highest) ? level : highest,
})
