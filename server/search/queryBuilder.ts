import type { Reader } from '../access/accessTokens.ts'
import type { ConstantScoreClause, DateRange, KeywordFilter, SearchQuery } from './searchEngine.ts'
import type { SearchType } from './searchType.ts'
import type { Question, Understanding } from './understanding.ts'

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
export function answers(type: SearchType, understanding: Understanding, question: Question): boolean {
  const dated = question.from !== undefined || question.before !== undefined
  return understanding.chosen.every(({ field }) => type.mapping.keywords.includes(field)) && (!dated || type.dateField !== undefined)
}

/** The query of one type, without paging, facets and highlights. */
export function askedOf(type: SearchType, understanding: Understanding, question: Question, reader: Reader): Asked {
  const ranges = dateRanges(type, question)
  return {
    alias: type.type,
    readers: reader.tokens,
    text: understanding.text,
    clauses: understanding.text.phrases.length > 0 ? [] : recognisedClauses(type, understanding),
    filters: keywordFilters(understanding),
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

const keywordFilters = ({ chosen }: Understanding): KeywordFilter[] =>
  chosen.map(({ field, records }) => ({ field, anyOf: records.map(record => record.id) }))

function dateRanges(type: SearchType, { from, before }: Question): DateRange[] {
  if (type.dateField === undefined || (from === undefined && before === undefined)) return []
  return [{ field: type.dateField, ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { before }) }]
}
