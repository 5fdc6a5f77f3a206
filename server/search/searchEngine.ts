import { Unavailable } from '../failures.ts'
import type { EncodedPassage, Passage, Vector } from './meaning/encoder.ts'

/**
 * The port to whatever finds: Elasticsearch, or SQLite FTS5 inside this process. It holds a copy of what MongoDB knows, which can be deleted and
 * rebuilt at any time. Both implementations pass test/contract/search.
 */
export interface SearchEngine {
  readonly name: 'elasticsearch' | 'embedded'
  /** How it cuts and stems text, as a text that changes when that does: indexes made before are filled anew then. */
  readonly analysis: string
  /** How long a query may take unless it says so itself, in milliseconds. */
  readonly budgetMs: number

  /** Version and node or file, for people: "Elasticsearch 9.4.3 at …". Throws Unavailable when the engine does not answer within its deadline. */
  describe(): Promise<string>

  /** Makes an empty index with this mapping. Does nothing when an index of that name exists. */
  createIndex(index: string, mapping: SearchMapping): Promise<void>
  deleteIndex(index: string): Promise<void>
  /** All indexes of this engine's prefix, without the prefix. */
  listIndexes(): Promise<string[]>
  /** Makes `alias` (one per type) point to `index` alone, in one step. */
  pointAlias(alias: string, index: string): Promise<void>
  /** Which index the alias points to, or undefined. */
  aliasTarget(alias: string): Promise<string | undefined>

  /**
   * Writes to one index (not through an alias), each operation for itself: a rejected one blocks no other.
   * The version rule is external_gte: an operation with a lower rev than the engine has, deletes included, changes nothing and answers 'newer'.
   * @returns one outcome per operation, in order
   * @throws Unavailable when the engine as a whole did not take the bulk; nothing is known of its operations then
   */
  bulk(index: string, operations: readonly BulkOperation[]): Promise<BulkOutcome[]>

  /** After this, everything that bulk() acknowledged before is found. */
  refresh(index: string): Promise<void>

  /**
   * Asks one type, through its alias. A query that is not done within its time is cut: the answer holds what was found until then.
   * @throws IndexMissing, Unavailable (also when there is no answer half a second after that time)
   */
  search(query: SearchQuery): Promise<SearchAnswer>

  /**
   * The documents with the passages nearest to a vector, nearest first, of those that the readers may see and all filters let through: these are
   * applied while searching, so what others may see takes nobody's place. None of an index without passages.
   * @throws IndexMissing, Unavailable
   */
  nearest(query: NearestQuery): Promise<NearDocument[]>

  /**
   * Those of the phrases (a word is one of one word) that some document has, in the same stems, in one field, in this order.
   * @throws Unavailable
   */
  occurring(asked: Asked & { phrases: readonly string[] }): Promise<string[]>
  /**
   * Words that some document has, at most so many edits away from `word` (see editDistance): nearest first; small letters without accents, 4 to 30 of
   * them.
   * @throws Unavailable
   */
  wordsNear(asked: Asked & { word: string; edits: 1 | 2; most: number }): Promise<string[]>

  /**
   * All documents of an index in ascending order of id (by code unit), as one consistent view: for the drift check.
   * Yields pages of at most `pageSize`.
   */
  walk(index: string, pageSize: number): AsyncIterable<StoredSearchDocument[]>

  /** Stems of a text as the index would keep them, in order, for the contract suite and for recognising names. */
  stems(text: string): Promise<string[]>

  close(): Promise<void>
}

/** Of which types, and who asks: only documents that these readers may see count. */
export interface Asked {
  aliases: readonly string[]
  readers: readonly string[]
}

/** What one searchable type keeps in the engine: dynamic is strict, so a field that is not declared here is refused. */
export interface SearchMapping {
  /** Analysed English text; `weight` is its part in the ranking (title 2, body 1). Below 1 it ranks beside the others, not with them. Highlighted. */
  text: Readonly<Record<string, { weight: number }>>
  /** Exact values, each an array: ids, kinds, levels. Filters, facets and clauses work on these. */
  keywords: readonly string[]
  /** Instants, for ranges and sort. */
  dates: readonly string[]
  /** Where documents are found by meaning: the model that encodes their passages, and how many numbers its vectors have. */
  passages?: { model: string; dimensions: number }
}

export interface SearchDocument {
  id: string
  /** The record's rev: the version of this document. A positive whole number. */
  rev: number
  /** Access tokens; a document is found only by whoever holds one of them. */
  readers: readonly string[]
  text: Readonly<Record<string, string>>
  keywords: Readonly<Record<string, readonly string[]>>
  dates: Readonly<Record<string, Date>>
  /** As far as they are encoded; walk() leaves them out. */
  passages?: readonly EncodedPassage[]
}

export type StoredSearchDocument = SearchDocument

export type BulkOperation = { write: SearchDocument } | { remove: { id: string; rev: number } }
export type BulkOutcome = 'done' | 'newer' | { rejected: string }

/** The engine answers, but has no such index: it is made as soon as somebody indexes. */
export class IndexMissing extends Unavailable {}

/** The budget of a query where no other is set. */
export const searchBudgetMs = 2_000
/** How much later than its time an answer may come, before there is none. */
export const searchGraceMs = 500

export interface SearchQuery {
  alias: string
  /** The asking person's access tokens. An empty list finds nothing. */
  readers: readonly string[]
  /** What was asked in words. Without words, phrases and clauses everything that passes the filters matches, with score 0. */
  text?: TextQuery
  /** What the score of the words is multiplied with; 1 when it is left out. */
  textWeight?: number
  /** Further ways to match, each adding its score: a document matches when words, phrases or any clause do. */
  clauses?: readonly ConstantScoreClause[]
  /** What adds to the score of documents that match, and finds none by itself. */
  rankedBy?: readonly ConstantScoreClause[]
  /** All must hold. */
  filters?: readonly KeywordFilter[]
  ranges?: readonly DateRange[]
  /**
   * Keyword fields to count values of, over everything that matches with all filters but the field's own. Most frequent first, then by value; at
   * most 50. With `values` exactly these are counted (at most 100; those that nothing has may be left out).
   */
  facets?: readonly FacetRequest[]
  /** Text fields to give highlighted fragments of. */
  highlight?: readonly string[]
  /** Default: by score, highest first, then by id. */
  sort?: { date: string; newestFirst: boolean }
  from: number
  /** At most 1,000. */
  size: number
  /** The time it may take, the engine's budget unless given. */
  withinMs?: number
}

/**
 * A question, already taken apart. Ranking is BM25 over the text fields with their weights, as if they were one field (combined_fields).
 * A document needs one of the words (when there are phrases or alternatives, all phrases and one of each alternatives; words then only rank) or a
 * clause, and none of the excluded.
 */
export interface TextQuery {
  /** Each as often as it was asked: repeated words weigh more. May hold any characters; the engine analyses. */
  words: readonly string[]
  /** All must occur, in one field, in this order. */
  phrases: readonly string[]
  /** Rows of words and phrases: of each row one must occur. */
  alternatives?: readonly (readonly string[])[]
  /** None may occur: words or phrases. */
  excluded: readonly string[]
  /** Other wordings of some of the words: each is one more way to have what the words ask for, and is marked in highlights too. */
  synonyms?: readonly Synonym[]
}

export interface NearestQuery extends Pick<SearchQuery, 'alias' | 'readers' | 'filters' | 'ranges'> {
  /** What the vector is of: an index with the passages of another model has none near. */
  model: string
  vector: Vector
  /** The least cosine, from -1 to 1. */
  atLeast: number
  /** At most 1,000. */
  most: number
}

export interface NearDocument {
  id: string
  /** Of its nearest passage. */
  cosine: number
  passage: Passage
}

/** What means the same as some of the words. */
export interface Synonym {
  /** A word, or several that occur in one field, in this order. */
  phrase: string
  /** How many of the words it stands for. */
  standsFor: number
  /** The asked words themselves, where they are a name of several: what has it whole stays before what has another name. */
  isTyped?: boolean
}

/** Matches documents that have the value in the keyword field, or that have this id (`field: 'id'`), and adds exactly `score`. */
export interface ConstantScoreClause {
  field: string
  value: string
  score: number
}

export type FacetRequest = string | { field: string; values: readonly string[] }

/** At least one of the values. `not` turns it round: none of them. */
export interface KeywordFilter {
  field: string
  anyOf: readonly string[]
  not?: boolean
}

/** Half-open: from <= date < before. */
export interface DateRange {
  field: string
  from?: Date
  before?: Date
}

export interface SearchAnswer {
  /** All that match, exactly; of a partial answer all that were found. */
  total: number
  /** The time was over: there may be more, and better ones; facets may be empty. */
  isPartial?: true
  hits: SearchHit[]
  facets: Record<string, FacetValue[]>
}

export interface SearchHit {
  id: string
  score: number
  /** Per text field up to 2 fragments of about 160 characters; matches stand between highlightStart and highlightEnd. Not HTML. */
  highlights: Record<string, string[]>
}

export interface FacetValue {
  value: string
  count: number
}

/** Private-use characters, removed from every text before it is indexed, so that a fragment can be escaped first and marked after. */
export const highlightStart = '\uE000'
export const highlightEnd = '\uE001'
