import type { Reader } from '../../access/accessTokens.ts'
import type { SearchableRecord } from '../../storage/searchable.ts'
import type { Question } from '../question/understanding.ts'
import type { Found, SearchService } from '../searchService.ts'
import type { SearchType } from '../searchType.ts'

/** As many as the engine gives in one answer: of more nobody could say which are new. */
export const mostMatches = 1_000

export interface Matches {
  /** "article:<id>", the newest first where the type has a date. */
  tokens: string[]
  /** Those that the reader wrote, or is: never new to them. */
  own: ReadonlySet<string>
  /** Types of which there are too many to compare. */
  tooMany: string[]
}

/** All that a question finds, as far as the reader may see it now; undefined while the engine does not answer, or not in time. */
export async function matchesOf(question: Question, reader: Reader & { id: string }, search: SearchService): Promise<Matches | undefined> {
  const types = search.types.filter(({ type }) => question.type === undefined || question.type === type)
  const tokens: string[] = []
  const own = new Set<string>()
  const tooMany: string[] = []
  for (const { type, contributors } of types) {
    const best = await search.best(reader, { ...question, type, sort: 'date', page: 1 }, mostMatches)
    if (best === undefined || best.isPartial) return undefined
    const { found = [], total = 0 } = best.group ?? {}
    if (total > mostMatches) tooMany.push(type)
    else
      for (const { record } of found) {
        tokens.push(tokenOf(type, record._id))
        if (isOwn(record, contributors?.field, reader.id)) own.add(tokenOf(type, record._id))
      }
  }
  return { tokens, own, tooMany }
}

/** What of these the reader may still see, in their order, by type. */
export async function stillThere(
  tokens: readonly string[],
  reader: Reader,
  types: readonly SearchType[],
): Promise<Map<SearchType, Found[]>> {
  const wanted = types.map(type => ({ type, ids: idsOf(tokens, type.type) })).filter(({ ids }) => ids.length > 0)
  const found = wanted.map(async ({ type, ids }) => {
    const records = await type.model
      .find({ _id: { $in: ids } })
      .readableBy(reader)
      .lean()
    const byId = new Map(records.map(record => [record._id, record]))
    const inOrder = ids.flatMap(id => byId.get(id) ?? [])
    return [type, inOrder.map(record => ({ record, score: 0, highlights: {} }))] as const
  })
  return new Map((await Promise.all(found)).filter(([, { length }]) => length > 0))
}

const tokenOf = (type: string, id: string) => `${type}:${id}`

export const isOfType = (token: string, type: string) => token.startsWith(`${type}:`)

const idsOf = (tokens: readonly string[], type: string) =>
  tokens.filter(token => isOfType(token, type)).map(token => token.slice(type.length + 1))

function isOwn(record: SearchableRecord, field: string | undefined, personId: string): boolean {
  const contributors = field === undefined ? [] : (record as unknown as Record<string, readonly string[]>)[field]
  return record._id === personId || contributors?.includes(personId) === true
}
