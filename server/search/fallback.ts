import type { Reader } from '../access/accessTokens.ts'
import { plainWords } from '../storage/titleWords.ts'
import { answers, isSetAside } from './queryBuilder.ts'
import { plainPhrases, requiredRows } from './question/queryWords.ts'
import type { Chosen, Understanding } from './question/understanding.ts'
import type { TextQuery } from './searchEngine.ts'
import type { Found } from './searchService.ts'
import type { SearchType } from './searchType.ts'

const mostCandidates = 300

/** The plain answer while the engine is down: MongoDB's index of title words, best first by how many of the asked words a title has. */
export async function findInMongo(type: SearchType, understanding: Understanding, reader: Reader): Promise<Found[]> {
  const { text } = understanding
  const words = [...new Set(plainWords([...text.words, ...text.phrases, ...(text.alternatives ?? []).flat()].join(' ')))]
  const synonyms = plainWords((text.synonyms ?? []).map(({ phrase }) => phrase).join(' '))
  if (words.length === 0 || !answers(type, understanding)) return []
  const records = await candidates(type, words, synonyms, reader)
  return records
    .filter(record => saysWhatIsAsked(record.titleWords, text) && passes(type, record, understanding))
    .map(record => ({ record, score: [...words, ...synonyms].filter(word => record.titleWords.includes(word)).length, highlights: {} }))
    .sort((a, b) => b.score - a.score || (a.record._id < b.record._id ? 1 : -1))
}

/** A phrase is there when its words are: titles are kept as words. */
function saysWhatIsAsked(titleWords: readonly string[], text: TextQuery): boolean {
  const says = (phrase: string) => plainWords(phrase).every(word => titleWords.includes(word))
  return requiredRows(text).every(row => row.some(says)) && !plainPhrases(text.excluded).some(says)
}

/** Those with every word first, so that many with one of them do not hide these. */
async function candidates(
  type: SearchType,
  words: readonly string[],
  synonyms: readonly string[],
  reader: Reader,
): Promise<Found['record'][]> {
  const withWords = (titleWords: object) => type.model.find({ titleWords }).readableBy(reader).limit(mostCandidates).lean()
  const best = await withWords({ $all: words })
  if (words.length + synonyms.length === 1 || best.length === mostCandidates) return best
  const known = new Set(best.map(({ _id }) => _id))
  return [...best, ...(await withWords({ $in: [...words, ...synonyms] })).filter(({ _id }) => !known.has(_id))]
}

function passes(type: SearchType, record: Found['record'], { chosen, days: { from, before } }: Understanding): boolean {
  const { keywords, dates } = type.toSearchDocument(record)
  const date = type.dateField === undefined ? undefined : dates[type.dateField]
  const inTime =
    (from === undefined || (date !== undefined && date >= from)) && (before === undefined || (date !== undefined && date < before))
  const holds = ({ field, records, not }: Chosen) => records.some(({ id }) => keywords[field]?.includes(id)) !== (not === true)
  const isAsked = chosen.some(({ field }) => field === type.setAside?.field)
  return inTime && (isAsked || !isSetAside(type, keywords)) && chosen.every(holds)
}
