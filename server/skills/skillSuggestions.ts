import { spellingOf } from '../storage/titleWords.ts'
import { likeness } from './similarNames.ts'
import type { Skill } from './skillModel.ts'

const mostSuggested = 8
/** Fewer letters are like too much. */
const lettersOfATypo = 4
const typoLikeness = 0.65

export interface Suggestion {
  value: string
  /** The alias by which it was found. */
  hint?: string
}

type Rank = { rank: number; hint?: string }

/** What somebody may mean who has typed this far: names that begin so, then names with a word that does, then aliases, then what is spelt nearly so. */
export function suggestSkills(typed: string, skills: readonly Pick<Skill, 'name' | 'aliases'>[]): Suggestion[] {
  const spelling = spellingOf(typed)
  if (spelling === '') return []
  return skills
    .flatMap(skill => rankOf(spelling, skill).map(rank => ({ ...rank, value: skill.name })))
    .sort((a, b) => a.rank - b.rank || a.value.localeCompare(b.value))
    .slice(0, mostSuggested)
    .map(({ value, hint }) => ({ value, ...(hint === undefined ? {} : { hint }) }))
}

function rankOf(typed: string, { name, aliases }: Pick<Skill, 'name' | 'aliases'>): [] | [Rank] {
  const begins = (known: string) => spellingOf(known).startsWith(typed)
  const hasWord = (known: string) => ` ${spellingOf(known)}`.includes(` ${typed}`)
  if (begins(name)) return [{ rank: 0 }]
  if (hasWord(name)) return [{ rank: 1 }]
  for (const [position, test] of [begins, hasWord, nearly(typed)].entries()) {
    const alias = aliases.find(test)
    if (alias !== undefined) return [{ rank: 2 + position, hint: alias }]
  }
  return nearly(typed)(name) ? [{ rank: 4 }] : []
}

/** What is typed so far is compared with the beginning of the name. */
const nearly = (typed: string) => (known: string) =>
  typed.length >= lettersOfATypo &&
  [typed.length, typed.length + 1].some(length => likeness(typed, spellingOf(known).slice(0, length)) >= typoLikeness)
