import type { Reader } from '../access/accessTokens.ts'
import type { ConfirmedSkill } from './confirmedSkills.ts'
import type { Expert } from './experts.ts'
import { meaningClauses } from './meaning/joining.ts'
import { hasWords } from './question/queryWords.ts'
import { askedLevels, askedSkills, type Chosen, type Understanding } from './question/understanding.ts'
import type { ConstantScoreClause, DateRange, KeywordFilter, NearDocument, SearchDocument, SearchQuery } from './searchEngine.ts'
import type { SearchType } from './searchType.ts'
import { besideSkills, skillClauses } from './skillRanking.ts'

/** What a recognised name adds to the score of the documents that hold its id: about what a rare word does. */
const recognisedScores: Readonly<Record<string, number>> = { author: 8, skill: 2, organisation: 1 }

/** What the best person by votes gets; the others in proportion. */
const bestVoteScore = 20
/** What the profile nearest to the question gets: half of what its best votes give. */
const nearestProfileScore = bestVoteScore / 2
/** Whoever is asked for by their full name comes before those who wrote about them. */
const askedByNameScore = 30

/** Of the evidence, what ranks. */
interface SpeakingForPeople {
  experts: readonly Pick<Expert, 'id' | 'score'>[]
  confirmed: readonly Pick<ConfirmedSkill, 'personId' | 'count'>[]
  /** Profiles near to the question, where they are found by meaning. */
  profiles?: readonly NearDocument[] | undefined
}

type Asked = Pick<SearchQuery, 'alias' | 'readers' | 'text' | 'textWeight' | 'clauses' | 'rankedBy' | 'filters' | 'ranges'>

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

/**
 * The query for people: their own words, the skills that the words name, and the votes of what they contributed to; in the order of all asked
 * skills, those chosen as filters too, and who confirms these.
 */
export function askedOfPeople(
  asked: Asked,
  understanding: Understanding,
  { experts: votes, confirmed, profiles = [] }: SpeakingForPeople,
  thisYear: number,
): Asked {
  const skills = askedSkills(understanding)
  const weight = skills.length === 0 ? 1 : besideSkills
  const best = Math.max(...votes.map(({ score }) => score), Number.MIN_VALUE)
  const voted = votes.map(({ id, score }) => ({ field: 'id', value: id, score: Math.max(1e-3, (score / best) * bestVoteScore) * weight }))
  const told = meaningClauses(profiles, nearestProfileScore).map(clause => ({ ...clause, score: clause.score * weight }))
  const byName = understanding.recognised
    .filter(({ field, name }) => field === 'author' && name.certainty === 1)
    .map(({ name }) => ({ field: 'id', value: name.id, score: askedByNameScore }))
  if (skills.length === 0) return { ...asked, clauses: [...byName, ...voted, ...told] }
  const named = understanding.recognised.filter(({ field }) => field === 'skill')
  return {
    ...asked,
    textWeight: weight,
    clauses: hasWords(understanding.text)
      ? [...named.map(({ name }) => ({ field: 'skill', value: name.id, score: 0 })), ...voted, ...told]
      : [],
    rankedBy: [
      ...skillClauses(skills, { levels: askedLevels(understanding), thisYear, confirmed }),
      ...(hasWords(understanding.text) ? [] : voted),
    ],
  }
}

function recognisedClauses(type: SearchType, { recognised }: Understanding): ConstantScoreClause[] {
  return recognised
    .filter(({ field }) => type.mapping.keywords.includes(field))
    .map(({ field, name }) => ({ field, value: name.id, score: (recognisedScores[field] ?? 1) * name.certainty }))
}

function keywordFilters(type: SearchType, understanding: Understanding): KeywordFilter[] {
  const { mapping } = type
  const skills = mapping.keywords.includes('skillLevel') ? askedSkills(understanding) : []
  const isOfSkills = ({ field }: Chosen) => field === 'level' && skills.length > 0
  const others = understanding.chosen.filter(chosen => !isOfSkills(chosen))
  const levels = understanding.chosen.some(isOfSkills) ? [levelFilter(understanding, skills)] : []
  return [...others.map(keywordFilter), ...levels, ...setAsideFilter(type, understanding)]
}

/** Whether a record is found only when somebody asks for such ones. */
export const isSetAside = ({ setAside }: SearchType, keywords: SearchDocument['keywords']): boolean =>
  setAside?.values.some(value => keywords[setAside.field]?.includes(value)) ?? false

function setAsideFilter({ setAside }: SearchType, { chosen }: Understanding): KeywordFilter[] {
  if (setAside === undefined || chosen.some(({ field }) => field === setAside.field)) return []
  return [{ field: setAside.field, anyOf: setAside.values, not: true }]
}

const keywordFilter = ({ field, records, not }: Chosen): KeywordFilter => ({
  field,
  anyOf: records.map(record => record.id),
  ...(not ? { not } : {}),
})

/** A level that is asked beside skills is the level of these: all that is said of it holds of the same one. */
function levelFilter(understanding: Understanding, skills: readonly { id: string }[]): KeywordFilter {
  const levels = askedLevels(understanding)
  return { field: 'skillLevel', anyOf: skills.flatMap(({ id }) => levels.map(level => `${id}:${level}`)) }
}

function dateRanges(type: SearchType, { days: { from, before } }: Understanding): DateRange[] {
  if (type.dateField === undefined || (from === undefined && before === undefined)) return []
  return [{ field: type.dateField, ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { before }) }]
}
