import { isDeepStrictEqual } from 'node:util'
import { type Level, levels, type Willingness } from '../levels.ts'

/** A skill on a profile, with its level, or one that an article names, without. */
export interface HeldSkill {
  skillId: string
  level?: Level
  lastUsed?: Date
  willing?: Willingness[]
}

/** What a merge did to one record: how the two skills stood there, and how the kept one stands since. */
export interface Move {
  before: HeldSkill[]
  after: HeldSkill
}

interface Pair {
  mergedId: string
  keptId: string
}

/** Of two that are one from now on, the higher level stays, the later use, and all that somebody is willing to do. */
export function moveOf(skills: readonly HeldSkill[], { mergedId, keptId }: Pair): Move {
  const before = skills.filter(({ skillId }) => skillId === mergedId || skillId === keptId)
  const level = levels.findLast(name => before.some(held => held.level === name))
  const lastUsed = before
    .flatMap(held => held.lastUsed ?? [])
    .sort((a, b) => a.getTime() - b.getTime())
    .at(-1)
  const willing = [...new Set(before.flatMap(held => held.willing ?? []))]
  const how = level === undefined ? {} : { level, willing, ...(lastUsed === undefined ? {} : { lastUsed }) }
  return { before, after: { skillId: keptId, ...how } }
}

/** In the place of the first of the two. */
export function carriedOver(skills: readonly HeldSkill[], { before, after }: Move): HeldSkill[] {
  return replaced(skills, ids(before), [after])
}

/** @returns undefined when somebody changed the kept skill there since: that is left alone */
export function takenBack(skills: readonly HeldSkill[], { before, after }: Move): HeldSkill[] | undefined {
  const now = skills.find(({ skillId }) => skillId === after.skillId)
  if (now === undefined || !isDeepStrictEqual(comparable(now), comparable(after))) return undefined
  return replaced(skills, [after.skillId], before)
}

const ids = (skills: readonly HeldSkill[]) => skills.map(({ skillId }) => skillId)

function replaced(skills: readonly HeldSkill[], these: readonly string[], by: readonly HeldSkill[]): HeldSkill[] {
  const place = skills.findIndex(({ skillId }) => these.includes(skillId))
  const isOther = ({ skillId }: HeldSkill) => !these.includes(skillId)
  return [...skills.slice(0, place), ...by, ...skills.slice(place).filter(isOther)]
}

const comparable = ({ level, lastUsed, willing = [] }: HeldSkill) => [level, lastUsed?.getTime(), [...willing].sort()]
