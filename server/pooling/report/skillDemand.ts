import { type Cover, coverageMap, type Declaring } from '../../skills/coverage/coverageMap.ts'
import type { Skill } from '../../skills/skillModel.ts'
import type { AskedFact } from './poolingFacts.ts'

/** How often a skill is asked for, beside who has it. */
export interface SkillDemand {
  skill: Skill
  requests: number
  /** Of these, how many nobody answered; those that were withdrawn do not count. */
  unmet: number
  cover: Cover
}

/** The skills that requests name; those that stay without an answer most come first. */
export function skillDemand(asked: readonly AskedFact[], skills: readonly Skill[], people: readonly Declaring[]): SkillDemand[] {
  const counted = new Map<string, { requests: number; unmet: number }>()
  for (const { request, minutesToAnswer } of asked)
    for (const skillId of new Set(request.skills.map(named => named.skillId))) {
      const { requests, unmet } = counted.get(skillId) ?? { requests: 0, unmet: 0 }
      const isUnmet = minutesToAnswer === undefined && request.state !== 'withdrawn'
      counted.set(skillId, { requests: requests + 1, unmet: unmet + (isUnmet ? 1 : 0) })
    }
  return coverageMap(
    skills.filter(({ _id }) => counted.has(_id)),
    people,
  )
    .map(({ skill, inAll }) => ({ skill, cover: inAll, ...(counted.get(skill._id) ?? { requests: 0, unmet: 0 }) }))
    .sort(
      (a, b) => b.unmet - a.unmet || b.requests - a.requests || a.cover.people - b.cover.people || a.skill.name.localeCompare(b.skill.name),
    )
}
