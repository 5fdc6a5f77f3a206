import type { Reader } from '../access/accessTokens.ts'
import type { ConstantScoreClause, DateRange, KeywordFilter, SearchQuery } from './searchEngine.ts'
import type { SearchType } from './searchType.ts'
import { askedSkills, type Chosen, type Understanding } from './understanding.ts'

/** What a recognised name adds to the score of the documents that hold its id: about what a rare word does. */
const recognisedScores: Readonly<Record<string, number>> = { author: 8, skill: 2, organisation: 1 }

/** So much that how many of the asked skills somebody has always comes first. */
const skillScore = 1_000
const levelScores: readonly (readonly [string, number])[] = [
  ['awareness', 0],
  ['working', 4],
  ['practitioner', 8],
  ['expert', 12],
]
/** What the best person by votes gets; the others in proportion. */
const bestVoteScore = 20

type Asked = Pick<SearchQuery, 'alias' | 'readers' | 'text' | 'clauses' | 'filters' | 'ranges'>

/** Whether a type has all that is asked for: people have no kind, so a chosen kind means articles. */
export function answers(type: SearchType, { chosen, days }: Understanding): boolean {
  const dated = days.from !== undefined || days.before !== undefined
  return chosen.every(({ field, not }) => not || type.mapping.keywords.includes(field)) && (!dated || type.dateField !== undefined)
}

/** The query of one type, without paging, facets and highlights. */
export function askedOf(type: SearchType, understanding: Understanding, reader: Reader): Asked {
  const { phrases, alternatives = [] } = understanding.text
  const ranges = dateRanges(type, understanding)
  return {
    alias: type.type,
    readers: reader.tokens,
    text: understanding.text,
    clauses: phrases.length + alternatives.length > 0 ? [] : recognisedClauses(type, understanding),
    filters: keywordFilters(type, understanding),
    ...(ranges.length > 0 ? { ranges } : {}),
  }
}

/** The query for people: their own words, the asked skills, and the votes of what they contributed to. */
export function askedOfPeople(asked: Asked, understanding: Understanding, votes: readonly { id: string; score: number }[]): Asked {
  const best = Math.max(...votes.map(({ score }) => score), Number.MIN_VALUE)
  const voted = votes.map(({ id, score }) => ({ field: 'id', value: id, score: Math.max(1e-3, (score / best) * bestVoteScore) }))
  return {
    ...asked,
    clauses: [...understanding.recognised.filter(({ field }) => field === 'skill').flatMap(({ name }) => skillClauses(name.id)), ...voted],
  }
}

function skillClauses(skillId: string): ConstantScoreClause[] {
  const levels = levelScores
    .filter(([, score]) => score > 0)
    .map(([level, score]) => ({ field: 'skillLevel', value: `${skillId}:${level}`, score }))
  return [{ field: 'skill', value: skillId, score: skillScore }, ...levels]
}

function recognisedClauses(type: SearchType, { recognised }: Understanding): ConstantScoreClause[] {
  return recognised
    .filter(({ field }) => type.mapping.keywords.includes(field))
    .map(({ field, name }) => ({ field, value: name.id, score: (recognisedScores[field] ?? 1) * name.certainty }))
}

function keywordFilters({ mapping }: SearchType, understanding: Understanding): KeywordFilter[] {
  const skills = mapping.keywords.includes('skillLevel') ? askedSkills(understanding) : []
  const isOfSkills = ({ field }: Chosen) => field === 'level' && skills.length > 0
  const others = understanding.chosen.filter(chosen => !isOfSkills(chosen))
  return [...others.map(keywordFilter), ...levelFilters(understanding.chosen.filter(isOfSkills), skills)]
}

const keywordFilter = ({ field, records, not }: Chosen): KeywordFilter => ({
  field,
  anyOf: records.map(record => record.id),
  ...(not ? { not } : {}),
})

/** A level that is asked beside skills is the level of these: all that is said of it holds of the same one. */
function levelFilters(chosen: readonly Chosen[], skills: readonly { id: string }[]): KeywordFilter[] {
  const ofSkills = (levels: readonly string[]) => skills.flatMap(({ id }) => levels.map(level => `${id}:${level}`))
  const wanted = chosen.filter(({ not }) => !not).map(({ records }) => records.map(({ id }) => id))
  const unwanted = chosen.filter(({ not }) => not).flatMap(({ records }) => records.map(({ id }) => id))
  const [first, ...others] = wanted
  return [
    ...(first === undefined
      ? []
      : [{ field: 'skillLevel', anyOf: ofSkills(first.filter(level => others.every(levels => levels.includes(level)))) }]),
    ...(unwanted.length === 0 ? [] : [{ field: 'skillLevel', anyOf: ofSkills(unwanted), not: true }]),
  ]
}

function dateRanges(type: SearchType, { days: { from, before } }: Understanding): DateRange[] {
  if (type.dateField === undefined || (from === undefined && before === undefined)) return []
  return [{ field: type.dateField, ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { before }) }]
}
