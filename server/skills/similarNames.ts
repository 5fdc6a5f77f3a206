import { distance } from 'fastest-levenshtein'
import { spellingOf } from '../storage/titleWords.ts'
import type { Skill } from './skillModel.ts'

/** "restore backup" and "backup restore" are one. */
const inOrder = (spelling: string) => spelling.split(' ').sort().join(' ')

/** How alike two names are spelt, from 0 to 1: the edit distance (Levenshtein) against the longer one, whatever the order of the words. */
export function likeness(name: string, other: string): number {
  const spellings = [spellingOf(name), spellingOf(other)] as const
  const longest = Math.max(...spellings.map(({ length }) => length))
  if (longest === 0) return 0
  const edits = Math.min(distance(...spellings), distance(inOrder(spellings[0]), inOrder(spellings[1])))
  return 1 - edits / longest
}

export const namesOf = ({ name, aliases }: Pick<Skill, 'name' | 'aliases'>): string[] => [name, ...aliases]

export interface Alike {
  score: number
  /** The two names that are alike. */
  names: readonly [string, string]
}

/** The most alike of the names that two skills have. */
export function mostAlike(names: readonly string[], others: readonly string[]): Alike {
  const pairs = names.flatMap(name => others.map(other => ({ score: likeness(name, other), names: [name, other] as const })))
  return pairs.reduce((best, pair) => (pair.score > best.score ? pair : best), { score: 0, names: ['', ''] as const })
}

const leastLikeness = 0.6

/** Skills with a name like this one or with its words in it, the most alike first. */
export function similarSkills<S extends Pick<Skill, 'name' | 'aliases'>>(name: string, skills: readonly S[], most = 5): S[] {
  const spelling = spellingOf(name)
  if (spelling === '') return []
  const scored = skills.map(skill => ({ skill, score: Math.max(mostAlike([name], namesOf(skill)).score, sharedWords(spelling, skill)) }))
  return scored
    .filter(({ score }) => score >= leastLikeness)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ skill }) => skill)
}

/** One name inside the other, as whole words: "Oracle" in "Oracle databases". */
function sharedWords(spelling: string, skill: Pick<Skill, 'name' | 'aliases'>): number {
  const isInside = (part: string, whole: string) => part.length > 1 && ` ${whole} `.includes(` ${part} `)
  return namesOf(skill)
    .map(spellingOf)
    .some(known => isInside(known, spelling) || isInside(spelling, known))
    ? leastLikeness
    : 0
}
