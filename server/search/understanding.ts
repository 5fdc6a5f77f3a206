import type { Reader } from '../access/accessTokens.ts'
import { plainWords } from '../storage/titleWords.ts'
import { asWords, takeApart } from './question.ts'
import type { TextQuery } from './searchEngine.ts'
import type { NameDirectory, NamedRecord, RecognisedName } from './searchType.ts'

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

/** A question with its names found: what the query builder works from. */
export interface Understanding {
  text: TextQuery
  /** Chosen or typed as field:value; all must hold. */
  chosen: { field: string; records: NamedRecord[] }[]
  /** Named in the words: they add to the score. */
  recognised: { field: string; name: RecognisedName }[]
  hints: string[]
  isEmpty: boolean
}

/** Finds by name what the words and filters mean, so that search documents need to hold nothing but ids. */
export async function understand(question: Question, names: readonly NameDirectory[], reader: Reader): Promise<Understanding> {
  const asked = takeApart(question.q)
  const fields = new Map(names.map(directory => [directory.field, directory]))
  const typed = asked.fields.filter(({ field }) => fields.has(field))
  const words = [...asked.words, ...asked.fields.filter(({ field }) => !fields.has(field)).map(asWords)]
  const hints = [...asked.hints]
  const chosen: Understanding['chosen'] = []
  for (const directory of names) {
    const values = [
      ...(question.filters[directory.field] ?? []),
      ...typed.filter(({ field }) => field === directory.field).map(({ value }) => value),
    ]
    if (values.length > 0) await choose(directory, values, reader, chosen, hints)
  }
  const recognised = await recogniseAll(names, plainWords([...words, ...asked.phrases].join(' ')), reader)
  const text = { words, phrases: asked.phrases, excluded: asked.excluded }
  const isEmpty = words.length + asked.phrases.length + asked.excluded.length + chosen.length === 0 && !question.from && !question.before
  return { text, chosen, recognised, hints, isEmpty }
}

async function choose(
  directory: NameDirectory,
  values: string[],
  reader: Reader,
  chosen: Understanding['chosen'],
  hints: string[],
): Promise<void> {
  const records: NamedRecord[] = []
  for (const value of new Set(values)) {
    const found = (await directory.bySlugs([value], reader))[0] ?? (await mostCertain(directory, value, reader))
    if (found === undefined) hints.push(`There is no ${directory.title.toLowerCase()} “${value.slice(0, 60)}”, so it was left out.`)
    else records.push(found)
  }
  if (records.length > 0) chosen.push({ field: directory.field, records })
}

async function mostCertain(directory: NameDirectory, value: string, reader: Reader): Promise<NamedRecord | undefined> {
  const found = (await directory.recognise?.(plainWords(value), reader)) ?? []
  return found.toSorted((a, b) => b.certainty - a.certainty)[0]
}

async function recogniseAll(names: readonly NameDirectory[], words: string[], reader: Reader): Promise<Understanding['recognised']> {
  if (words.length === 0) return []
  const found = await Promise.all(
    names.map(async directory => ((await directory.recognise?.(words, reader)) ?? []).map(name => ({ field: directory.field, name }))),
  )
  return found.flat()
}
