import type { estypes } from '@elastic/elasticsearch'
import type { Asked } from '../searchEngine.ts'
import { nearest } from '../spelling/editDistance.ts'

type Query = estypes.QueryDslQueryContainer

/** Far above any number of documents: words that many documents have are near others too. */
const anyFrequency = 1e9
/** How many words may be nearer and stand in no document that the readers may see. */
const mostUnseen = 20

/** One small search for each query: whether any document that the readers may see matches. */
export function whetherAny(index: string, { readers }: Pick<Asked, 'readers'>, queries: readonly Query[]): estypes.MsearchRequest {
  const asks = queries.flatMap(query => [
    { index },
    { query: { bool: { filter: [{ terms: { readers: [...readers] } }, query] } }, size: 0, terminate_after: 1, track_total_hits: true },
  ])
  return { searches: asks }
}

export const phraseAnywhere = (phrase: string): Query => ({ multi_match: { query: phrase, type: 'phrase', fields: ['text.*'] } })
export const wordAsWritten = (word: string): Query => ({ term: { words: word } })

export function suggestNear(index: string, word: string, edits: number, most: number): estypes.SearchRequest {
  const term = {
    field: 'words',
    suggest_mode: 'always' as const,
    max_edits: edits,
    prefix_length: 0,
    min_word_length: 4,
    size: most + mostUnseen,
    shard_size: 2 * (most + mostUnseen),
    max_term_freq: anyFrequency,
  }
  return { index, size: 0, suggest: { near: { text: word, term } } }
}

export function suggested({ suggest }: estypes.SearchResponse<unknown>, word: string, edits: number): string[] {
  const words = (suggest?.near ?? []).flatMap(({ options }) => (options as { text: string }[]).map(({ text }) => text))
  return nearest(
    word,
    words.filter(text => /^\p{L}{4,30}$/u.test(text)),
    edits,
    words.length,
  )
}
