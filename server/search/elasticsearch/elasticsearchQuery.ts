import type { estypes } from '@elastic/elasticsearch'
import { hasWords, pairWeight, plainPhrases, queryWords, requiredRows, weightOfSynonym, wordPairs } from '../question/queryWords.ts'
import {
  type ConstantScoreClause,
  type FacetRequest,
  highlightEnd,
  highlightStart,
  type KeywordFilter,
  type SearchQuery,
  type Synonym,
  searchBudgetMs,
  type TextQuery,
} from '../searchEngine.ts'

type Query = estypes.QueryDslQueryContainer

const mostFacetValues = 50
const fragmentSize = 160
/** The engine refuses to highlight beyond this many characters of one text. */
const longestHighlighted = 999_999

/** The body of a search: one request gives the total, the hits and the facets. */
export function searchBody(query: SearchQuery, weights: Readonly<Record<string, number>>): estypes.SearchRequest {
  const faceted = new Set((query.facets ?? []).map(fieldOf))
  const filters = query.filters ?? []
  const after = filters.filter(({ field }) => faceted.has(field))
  return {
    query: {
      bool: {
        must: [matching(query, weights)],
        should: (query.rankedBy ?? []).map(constant),
        must_not: plainPhrases(query.text?.excluded ?? []).map(value => phraseQuery(value, weights)),
        filter: conditions(query, filters, faceted),
      },
    },
    ...(after.length > 0 ? { post_filter: { bool: { filter: after.map(keywordFilter) } } } : {}),
    from: query.from,
    size: query.size,
    timeout: `${Math.max(1, Math.ceil(query.withinMs ?? searchBudgetMs))}ms`,
    allow_partial_search_results: true,
    track_total_hits: true,
    _source: false,
    fields: ['id'],
    sort: sorting(query),
    track_scores: true,
    ...highlighting(query, weights),
    ...aggregations(query, after),
  }
}

function sorting({ sort }: SearchQuery): estypes.SortCombinations[] {
  if (sort === undefined) return [{ _score: { order: 'desc' } }, { id: 'asc' }]
  return [{ [`dates.${sort.date}`]: { order: sort.newestFirst ? 'desc' : 'asc', missing: '_last', unmapped_type: 'date' } }, { id: 'asc' }]
}

function matching({ text, textWeight = 1, clauses = [] }: SearchQuery, weights: Readonly<Record<string, number>>): Query {
  const asked = text !== undefined && hasWords(text)
  if (!asked && clauses.length === 0) return { constant_score: { filter: { match_all: {} }, boost: 0 } }
  return {
    bool: {
      should: [...(asked ? [weighing(textQuery(text, weights), textWeight)] : []), ...clauses.map(constant)],
      minimum_should_match: 1,
    },
  }
}

const constant = ({ field, value, score }: ConstantScoreClause): Query => ({
  constant_score: { filter: { term: { [keywordPath(field)]: value } }, boost: score },
})

const weighing = (query: Query, boost: number): Query => (boost === 1 ? query : { bool: { must: [query], boost } })

/** With phrases or alternatives the words only rank. */
function textQuery(text: TextQuery, weights: Readonly<Record<string, number>>): Query {
  const must = requiredRows(text).map(row => rowQuery(row, weights))
  const synonyms = (text.synonyms ?? []).flatMap(synonym => synonymQuery(synonym, weights))
  return { bool: { must, should: [wordsQuery(text.words, weights), ...synonyms], minimum_should_match: must.length === 0 ? 1 : 0 } }
}

function rowQuery(row: readonly string[], weights: Readonly<Record<string, number>>): Query {
  const should = row.map(phrase => phraseQuery(phrase, weights))
  return should.length === 1 ? (should[0] as Query) : { bool: { should, minimum_should_match: 1 } }
}

/** Found as a phrase, but weighed as typed words are: the score of a phrase is multiplied by the weight of its field, that of words is not. */
function synonymQuery(synonym: Synonym, weights: Readonly<Record<string, number>>): Query[] {
  return plainPhrases([synonym.phrase]).map(phrase => {
    const boost = weightOfSynonym(synonym, phrase.split(' ').length)
    return { bool: { must: [combinedQuery(phrase, weights)], filter: [phraseQuery(phrase, weights)], boost } }
  })
}

/** BM25 over all text fields as if they were one, after the words that only frame a question are dropped. */
function wordsQuery(words: TextQuery['words'], weights: Readonly<Record<string, number>>): Query {
  const telling = queryWords(words)
  if (telling.length === 0) return { match_none: {} }
  const pairs = wordPairs(telling).map(
    (pair): Query => ({ multi_match: { query: pair.join(' '), type: 'phrase', fields: weighted(weights), boost: pairWeight } }),
  )
  return { bool: { must: [combinedQuery(telling.join(' '), weights)], should: pairs } }
}

/** What weighs less than the text, such as attachments, has a score of its own, so that its length counts for nothing in that of the others. */
function combinedQuery(query: string, weights: Readonly<Record<string, number>>): Query {
  const beside = Object.entries(weights).filter(([, weight]) => weight < 1)
  const main = Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight >= 1))
  const combined: Query = { combined_fields: { query, fields: weighted(main), operator: 'or' } }
  if (beside.length === 0) return combined
  return { bool: { should: [combined, ...beside.map(([field, boost]): Query => ({ match: { [`text.${field}`]: { query, boost } } }))] } }
}

const phraseQuery = (phrase: string, weights: Readonly<Record<string, number>>): Query => ({
  multi_match: { query: phrase, type: 'phrase', fields: weighted(weights) },
})

const weighted = (weights: Readonly<Record<string, number>>) => Object.entries(weights).map(([field, weight]) => `text.${field}^${weight}`)

export function conditions(
  { readers, ranges = [] }: Pick<SearchQuery, 'readers' | 'ranges'>,
  filters: readonly KeywordFilter[],
  faceted: ReadonlySet<string> = new Set(),
): Query[] {
  return [
    { terms: { readers: [...readers] } },
    ...filters.filter(({ field }) => !faceted.has(field)).map(keywordFilter),
    ...ranges.map(({ field, from, before }) => ({
      range: {
        [`dates.${field}`]: {
          ...(from === undefined ? {} : { gte: from.getTime() }),
          format: 'epoch_millis',
          ...(before === undefined ? {} : { lt: before.getTime() }),
        },
      },
    })),
  ]
}

function keywordFilter({ field, anyOf, not }: KeywordFilter): Query {
  const terms = { terms: { [keywordPath(field)]: [...anyOf] } }
  return not ? { bool: { must_not: [terms] } } : terms
}

function highlighting({ highlight = [] }: SearchQuery, weights: Readonly<Record<string, number>>): Partial<estypes.SearchRequest> {
  if (highlight.length === 0) return {}
  const fields = highlight.map(field => ({
    [`text.${field}`]: { number_of_fragments: (weights[field] ?? 1) > 1 ? 0 : 2, fragment_size: fragmentSize },
  }))
  return {
    highlight: {
      pre_tags: [highlightStart],
      post_tags: [highlightEnd],
      max_analyzed_offset: longestHighlighted,
      fields: Object.assign({}, ...fields),
    },
  }
}

/** Each facet counts under all filters but its own. */
function aggregations({ facets = [] }: SearchQuery, after: readonly KeywordFilter[]): Partial<estypes.SearchRequest> {
  if (facets.length === 0) return {}
  const counted = facets.map(facet => {
    const others = after.filter(({ field }) => field !== fieldOf(facet)).map(keywordFilter)
    const only =
      typeof facet === 'string' ? { size: mostFacetValues } : { size: Math.max(1, facet.values.length), include: [...facet.values] }
    const terms = { field: keywordPath(fieldOf(facet)), order: [{ _count: 'desc' as const }, { _key: 'asc' as const }], ...only }
    return [fieldOf(facet), { filter: { bool: { filter: others } }, aggs: { values: { terms } } }]
  })
  return { aggs: Object.fromEntries(counted) }
}

export const keywordPath = (field: string) => (field === 'id' ? 'id' : `keywords.${field}`)
const fieldOf = (facet: FacetRequest) => (typeof facet === 'string' ? facet : facet.field)
