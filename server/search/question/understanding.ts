import type { Reader } from '../../access/accessTokens.ts'
import { type Level, levels } from '../../skills/levels.ts'
import { plainWords } from '../../storage/titleWords.ts'
import type { Reworded } from '../rewording.ts'
import type { TextQuery } from '../searchEngine.ts'
import type { NameDirectory, NamedRecord, RecognisedName } from '../searchType.ts'
import type { Corrected } from '../spelling/respelling.ts'
import { hasWords } from './queryWords.ts'
import { takeApart, textQueryOf } from './question.ts'
import type { Days } from './questionDates.ts'
import { type Chip, narrowingsOf } from './questionFilters.ts'

/** What somebody asks: the typed text, and the filters chosen beside it, by slug. */
export interface Question {
  q: string
  /** Only this type, as a list in pages; without it the best few of each. */
  type?: string
  filters: Readonly<Record<string, readonly string[]>>
  /** Half-open. */
  from?: Date
  before?: Date
  sort?: 'relevance' | 'date'
  /** From 1. */
  page: number
}

/** What of a question is another; undefined takes it off. */
export type QuestionChange = Partial<Omit<Question, 'from' | 'before'>> & { from?: Date | undefined; before?: Date | undefined }

/** A question with its names found: what the query builder works from. */
export interface Understanding {
  text: TextQuery
  /** As it was typed, where the text is spelled otherwise since. */
  typed?: TextQuery
  /** Chosen or typed as field:value; all must hold. */
  chosen: Chosen[]
  /** Chosen or typed as after: and before:; only records with a date within are found. */
  days: Days
  /** Each narrowing as it is shown, with the question without it. */
  chips: Chip[]
  /** Named in the words: they add to the score. */
  recognised: { field: string; name: RecognisedName }[]
  hints: string[]
  /** Other wordings that are searched too. */
  reworded?: readonly Reworded[]
  /** Words that nobody wrote, with what is searched in their place. */
  corrected?: readonly Corrected[]
  isEmpty: boolean
}

/** One of the records, or with `not` none of them. */
export interface Chosen {
  field: string
  records: NamedRecord[]
  not?: true
}

/** Finds by name what the words and filters mean, so that search documents need to hold nothing but ids. */
export async function understand(question: Question, names: readonly NameDirectory[], reader: Reader): Promise<Understanding> {
  const asked = takeApart(question.q)
  const { chosen, days, chips, hints, unknown } = await narrowingsOf(question, asked, names, reader)
  const text = textQueryOf(asked, unknown)
  const { phrases, alternatives = [] } = text
  const recognised = await recogniseAll(names, plainWords([...text.words, ...phrases, ...alternatives.flat()].join(' ')), reader)
  const isEmpty = !hasWords(text) && text.excluded.length + chips.length === 0
  const understood = { text, typed: text, chosen, days, chips, recognised, isEmpty }
  return { ...understood, hints: [...asked.hints, ...hints, ...hintAtSkills(understood)] }
}

export async function recogniseAll(
  names: readonly NameDirectory[],
  words: readonly string[],
  reader: Reader,
): Promise<Understanding['recognised']> {
  if (words.length === 0) return []
  const found = await Promise.all(
    names.map(async directory => ((await directory.recognise?.(words, reader)) ?? []).map(name => ({ field: directory.field, name }))),
  )
  return found.flat()
}

const hintAtSkills = (understood: Pick<Understanding, 'recognised' | 'chosen'>): string[] => {
  const { length } = namedSkills(understood)
  return length <= mostSkills ? [] : [`Your question names ${length} skills. People are ranked by the first ${mostSkills} of them.`]
}

/** As many as the ranking keeps apart, see skillRanking.ts; those beyond count for nothing. */
export const mostSkills = 10

/** The skills that people are ranked by. */
export const askedSkills = (understood: Pick<Understanding, 'recognised' | 'chosen'>): NamedRecord[] =>
  namedSkills(understood).slice(0, mostSkills)

/** In the words or as filters, each once. */
function namedSkills({ recognised, chosen }: Pick<Understanding, 'recognised' | 'chosen'>): NamedRecord[] {
  const named = [
    ...recognised.filter(({ field }) => field === 'skill').map(({ name }) => name),
    ...chosen.filter(({ field, not }) => field === 'skill' && !not).flatMap(({ records }) => records),
  ]
  return [...new Map(named.map(skill => [skill.id, skill])).values()]
}

/** At which levels the asked skills count: at every one, unless the question says which. */
export function askedLevels({ chosen }: Pick<Understanding, 'chosen'>): Level[] {
  const ofLevel = chosen.filter(({ field }) => field === 'level')
  return levels.filter(level => ofLevel.every(({ records, not }) => records.some(({ id }) => id === level) !== (not === true)))
}
