import { plainWords, spellingOf } from '../../storage/titleWords.ts'
import { mostAlike, namesOf } from '../similarNames.ts'
import type { Skill } from '../skillModel.ts'

type Named = Pick<Skill, '_id' | 'name' | 'aliases'>

export interface AlikePair<S extends Named = Skill> {
  skills: readonly [S, S]
  /** The two names that are alike. */
  names: readonly [string, string]
  score: number
}

const leastLikeness = 0.75
/** What more names than this have in common tells nothing of them. */
const mostTogether = 40
const mostCompared = 20_000
const lettersCompared = 3

/**
 * Pairs that may be the same skill, the most alike first. Only skills of which two names have a word, the first letters or the last ones in common are compared, and
 * no more than 20,000 pairs, so that a large vocabulary takes no longer than a moment.
 */
export function alikePairs<S extends Named>(skills: readonly S[]): AlikePair<S>[] {
  const found: AlikePair<S>[] = []
  for (const pair of together(skills)) {
    const { score, names } = mostAlike(namesOf(pair[0]), namesOf(pair[1]))
    if (score >= leastLikeness) found.push({ skills: pair, names, score })
  }
  return found.sort((a, b) => b.score - a.score || a.skills[0].name.localeCompare(b.skills[0].name))
}

export const pairId = ([one, other]: readonly [Pick<Skill, '_id'>, Pick<Skill, '_id'>]): string => [one._id, other._id].sort().join(':')

function together<S extends Named>(skills: readonly S[]): readonly (readonly [S, S])[] {
  const pairs = new Map<string, readonly [S, S]>()
  for (const group of groups(skills))
    for (const [position, one] of group.entries())
      for (const other of group.slice(position + 1)) {
        if (pairs.size >= mostCompared) return [...pairs.values()]
        pairs.set(pairId([one, other]), [one, other])
      }
  return [...pairs.values()]
}

function groups<S extends Named>(skills: readonly S[]): S[][] {
  const byPart = new Map<string, Set<S>>()
  for (const skill of skills)
    for (const part of namesOf(skill).flatMap(partsOf)) {
      const group = byPart.get(part) ?? new Set()
      byPart.set(part, group.add(skill))
    }
  return [...byPart.values()].filter(({ size }) => size > 1 && size <= mostTogether).map(group => [...group])
}

function partsOf(name: string): string[] {
  const spelling = spellingOf(name)
  return [
    ...plainWords(name).map(word => `word ${word}`),
    `begins ${spelling.slice(0, lettersCompared)}`,
    `ends ${spelling.slice(-lettersCompared)}`,
  ]
}
