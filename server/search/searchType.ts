import type { Reader } from '../access/accessTokens.ts'
import type { GuardedModel } from '../storage/guardedReads.ts'
import type { SearchableRecord } from '../storage/searchable.ts'
import type { ChildTexts } from './indexing/childRecords.ts'
import type { SearchChildren } from './searchChildren.ts'
import type { SearchDocument, SearchMapping } from './searchEngine.ts'

/** What a feature declares to have its records found. */
export interface SearchType<R extends SearchableRecord = SearchableRecord> {
  /** In the singular: "article". Names the alias and the group of results. */
  type: string
  heading: string
  /** "articles", for "All 41 articles". */
  plural: string
  /** Where its pages are: "/knowledge", each at its slug. */
  path: string
  titleOf(record: R): string
  /** Its title is a name, which says nothing of what it is about: it is found by meaning only for its text. */
  isNamed?: true
  /** What tells a record from others of the same title, in the suggestions: "person, Service manager". */
  hintOf(record: R): string
  model: GuardedModel<R>
  mapping: SearchMapping
  /** Records that are found through these, which are their parents. */
  children?: readonly SearchChildren[]
  /** A pure function of one record at one rev, with what its children say. */
  toSearchDocument(record: R, childTexts?: ChildTexts): Pick<SearchDocument, 'text' | 'keywords' | 'dates'>
  /** Keyword fields that people can narrow by, in the order they are shown. */
  facets: readonly string[]
  /** Records with one of these values are found only when somebody asks for the field; `others` is MongoDB's filter for all others. */
  setAside?: { field: string; values: readonly string[]; others: object }
  /** The date field that `from` and `to` narrow and that sorting by date uses. */
  dateField?: string
  /** Who is shown as knowing because this record matched: the record's field and the engine's keyword with their ids. Absent: it is no evidence. */
  contributors?: { field: keyof R & string; keyword: string }
  /** What contributing is called: "wrote". */
  contributed?: string
  /** The property of a group under which the view finds the rows: "articles", "people". */
  rowsName: string
  /** What the view prints of each, in the same order; names of other records are asked for in one go. */
  presentRows(found: readonly FoundRecord<R>[], named: Namer): Promise<object[]>
  presentTable(found: readonly FoundRecord<R>[], asked: AskedTable): Promise<ResultTable>
}

export interface AskedTable {
  named: Namer
  /** Those that the question names. */
  skills: readonly NamedRecord[]
  /** "https://skillpool.example", for addresses that work outside of the site. */
  site: string
}

/** Cells in the order of the heads, a row for each record. */
export interface ResultTable {
  head: string[]
  rows: (string | number)[][]
}

/** The names of ids of a field that the reader may know of, by id. */
export type Namer = (field: string, ids: readonly string[]) => Promise<ReadonlyMap<string, NamedRecord>>

/** A hit, as read again from MongoDB. */
export interface FoundRecord<R extends SearchableRecord = SearchableRecord> {
  record: R
  score: number
  /** Per text field, fragments with matches between highlightStart and highlightEnd. */
  highlights: Record<string, string[]>
}

/** Records that other records hold the id of in a keyword field, or the fixed values of such a field: found by name, shown by label. */
export interface NameDirectory {
  /** The keyword field: "organisation", "skill", "author". Also the parameter in addresses. */
  field: string
  title: string
  /** Those of the slugs that the reader may know of. */
  bySlugs(slugs: readonly string[], reader: Reader): Promise<NamedRecord[]>
  byIds(ids: readonly string[], reader: Reader): Promise<NamedRecord[]>
  /** All there are, the lowest first: these can be asked for as ">=". */
  inOrder?: readonly NamedRecord[]
  /** All names that the reader may know of, other names too: what a mistyped word can be mistaken for. Not of records that are searched themselves. */
  labels?(reader: Reader): Promise<readonly string[]>
  /** What words of a question name (plain words, in their order). */
  recognise?(words: readonly string[], reader: Reader): Promise<RecognisedName[]>
}

export interface NamedRecord {
  id: string
  slug: string
  label: string
}

export interface RecognisedName extends NamedRecord {
  /** From 0 to 1: how sure the words are meant as this name. */
  certainty: number
  /** The words that were taken for it, when they are not its name. */
  said?: string
}

/** The type whose records are people: ranked on declared skills joined with the votes of what they contributed to. */
export const personType = 'person'
