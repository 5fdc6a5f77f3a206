import type { Level } from '../skills/levels.ts'
import type { ConstantScoreClause } from './searchEngine.ts'

/** How much what somebody wrote and says of themselves counts beside asked skills: it decides only between those who are alike in all of them. */
export const besideSkills = 0.005
/** More than that can add up to, whatever is asked. */
const mostBesides = 100

const levelPoints: Readonly<Record<Level, number>> = { awareness: 0, working: 1, practitioner: 2, expert: 3 }
/** How many years ago a skill was last used, at most, and what that is worth. */
const recencyPoints: readonly (readonly [yearsAgo: number, points: number])[] = [
  [1, 3],
  [3, 2],
  [6, 1],
]
const mostPoints = 3
/** Of a skill of somebody, so many who confirm it count: more say no more. */
const mostConfirming = 3

interface Asked {
  /** The levels at which a skill counts. */
  levels: readonly Level[]
  thisYear: number
  /** How many confirm an asked skill of somebody, each skill of theirs once. */
  confirmed: readonly { personId: string; count: number }[]
}

/**
 * People by asked skills, as places of one number: how many of them somebody has; then their levels added up; then how recently they were used; then
 * for how many somebody would advise, mentor or be lent; then how many confirm them. All that a lower place can hold is less than one of the next.
 * Up to 10 skills (see mostSkills) the number keeps its places in single precision, in which Elasticsearch gives scores, and quarters of the lowest.
 */
export function skillClauses(skills: readonly { id: string }[], { levels, thisYear, confirmed }: Asked): ConstantScoreClause[] {
  const willing = mostConfirming * skills.length + 1
  const recency = skills.length * willing + willing
  const level = mostPoints * skills.length * recency + recency
  const skill = mostPoints * skills.length * level + level + mostBesides
  const ofSkills = skills.flatMap(({ id }) => [
    ...levels.map(name => ({ field: 'skillLevel', value: `${id}:${name}`, score: skill + levelPoints[name] * level })),
    ...yearsWorth(thisYear).map(([year, points]) => ({ field: 'skillUsed', value: `${id}:${year}`, score: points * recency })),
    { field: 'skillWilling', value: id, score: willing },
  ])
  const ofPeople = [...confirmationPoints(confirmed)].map(([value, score]) => ({ field: 'id', value, score }))
  return [...ofSkills, ...ofPeople]
}

/** Of each person, over all asked skills. */
function confirmationPoints(confirmed: Asked['confirmed']): ReadonlyMap<string, number> {
  const points = new Map<string, number>()
  for (const { personId, count } of confirmed) points.set(personId, (points.get(personId) ?? 0) + confirmationsOf(count))
  return points
}

/** The points of a skill that so many confirm. */
export const confirmationsOf = (count: number): number => Math.min(count, mostConfirming)

/** The points of a skill that was last used in this year. */
export const recencyOf = (lastUsed: number, thisYear: number): number =>
  recencyPoints.find(([yearsAgo]) => thisYear - lastUsed <= yearsAgo)?.[1] ?? 0

/** Next year too: somebody may be ahead of this clock. */
function yearsWorth(thisYear: number): [year: number, points: number][] {
  const [longest] = recencyPoints.at(-1) as readonly [number, number]
  const years = Array.from({ length: longest + 2 }, (_, ago) => thisYear + 1 - ago)
  return years.map(year => [year, recencyOf(year, thisYear)])
}
