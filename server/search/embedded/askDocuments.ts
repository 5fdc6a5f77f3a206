import { hasWords, pairWeight, requiredRows } from '../question/queryWords.ts'
import {
  type ConstantScoreClause,
  type FacetRequest,
  type FacetValue,
  highlightEnd,
  highlightStart,
  type KeywordFilter,
  type SearchAnswer,
  type SearchHit,
  type SearchQuery,
  searchBudgetMs,
} from '../searchEngine.ts'
import type { KeptMatches } from './keptMatches.ts'
import { type MatchExpressions, matchExpressions } from './matchExpression.ts'
import { type Bindings, type IndexTables, type SearchDatabase, textTables } from './searchDatabase.ts'

const mostFacetValues = 50
/** A text up to this length is highlighted whole; of a longer one the best fragment is given, in tokens. */
const wholeTextLength = 200
const fragmentTokens = 30

export interface Part {
  sql: string
  bindings: Bindings
}

interface Asked {
  db: SearchDatabase
  matches: KeptMatches
  /** How many documents are asked before a look at the clock. */
  sliceDocuments: number
}

interface Filling {
  db: SearchDatabase
  table: string
  slices(): Part[]
  isOver(): boolean
}

/**
 * What matches goes into a temporary table once; the total, the hits and the facets are read from it. When the time is over, what is not in the table
 * yet is left out, and what was not counted yet is not counted.
 */
export function askDocuments({ db, matches, sliceDocuments }: Asked, index: IndexTables, query: SearchQuery): SearchAnswer {
  const endsAt = performance.now() + (query.withinMs ?? searchBudgetMs)
  const isOver = () => performance.now() >= endsAt
  const expressions = query.text === undefined ? { synonyms: [], required: [] } : matchExpressions(query.text)
  const slices = () => slicesOf(db, index, sliceDocuments)
  const fill = (table: string) => fillMatched({ db, table, slices, isOver }, index, query, expressions)
  const { table, isComplete } = matches.table(matchKey(index, query), fill)
  const filters = query.filters ?? []
  const facets = (query.facets ?? []).map(
    facet => [fieldOf(facet), isOver() ? undefined : facetValues(db, table, index, facet, filters)] as const,
  )
  const isPartial = !isComplete || facets.some(([, values]) => values === undefined)
  return {
    total: total(db, table, index, filters),
    hits: query.size === 0 ? [] : hits(db, table, index, query, expressions),
    facets: Object.fromEntries(facets.map(([field, values]) => [field, values ?? []])),
    ...(isPartial ? { isPartial } : {}),
  }
}

/** All that decides what matches, and with which score; filters, facets and pages only read from it. */
const matchKey = ({ number }: IndexTables, { text, textWeight, clauses, rankedBy, ranges, readers }: SearchQuery): string =>
  JSON.stringify([number, text, textWeight, clauses, rankedBy, ranges, readers])

/**
 * A document that several sources find has the sum of their scores.
 * @returns whether it came to the end before the time was over
 */
function fillMatched(
  { db, table, slices, isOver }: Filling,
  index: IndexTables,
  query: SearchQuery,
  expressions: MatchExpressions,
): boolean {
  const conditions = conditionsOf(index, query, expressions)
  const required = requiredIn(index, expressions)
  const known = [{ sql: `s.docid IN (SELECT docid FROM ${table})`, bindings: [] }]
  const steps = [
    ...slices().flatMap(slice =>
      textSources(index, query, expressions, slice).map(source => ({ source, conditions: [...required, ...conditions] })),
    ),
    ...clauseSources(index, query.clauses ?? []).map(source => ({ source, conditions })),
    ...clauseSources(index, query.rankedBy ?? []).map(source => ({ source, conditions: known })),
  ]
  for (const { source, conditions } of steps) {
    if (isOver()) return false
    addScores(db, table, source, conditions)
  }
  return true
}

/** A statement cannot be interrupted from within its thread: a large index is asked in slices, the newest documents first. */
function slicesOf(db: SearchDatabase, { number }: IndexTables, sliceDocuments: number): Part[] {
  const last = db.first<{ last: number | null }>(`SELECT max(docid) AS last FROM documents_${number}`)?.last ?? 0
  if (last <= sliceDocuments) return [{ sql: '', bindings: [] }]
  const count = Math.ceil(last / sliceDocuments)
  return Array.from({ length: count }, (_, slice) => ({
    sql: 'AND rowid > ? AND rowid <= ?',
    bindings: [last - (slice + 1) * sliceDocuments, last - slice * sliceDocuments],
  }))
}

function addScores(db: SearchDatabase, table: string, { sql, bindings }: Part, conditions: readonly Part[]): void {
  db.run(
    `WITH s AS MATERIALIZED (${sql}) INSERT INTO ${table} SELECT s.docid, s.score FROM s WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
     ON CONFLICT (docid) DO UPDATE SET score = score + excluded.score`,
    ...bindings,
    ...conditions.flatMap(condition => condition.bindings),
  )
}

function textSources(
  index: IndexTables,
  { text, textWeight = 1, clauses = [] }: SearchQuery,
  expressions: MatchExpressions,
  slice: Part,
): Part[] {
  const { number, mapping } = index
  const asked = text !== undefined && hasWords(text)
  if (!asked && clauses.length > 0) return []
  if (!asked) return [{ sql: `SELECT docid, 0 AS score FROM documents_${number} WHERE 1 ${slice.sql}`, bindings: slice.bindings }]
  const { matching, pairs, synonyms } = expressions
  if (matching === undefined) return []
  const hasPairs = pairs !== undefined && requiredRows(text).length === 0
  const isSplit = textTables(index).length > 1
  const ranking = isSplit ? (expressions.anyOf as string) : matching
  const others = synonyms.map(other => ({ expression: isSplit ? other.phrase : other.matching, factor: other.weight }))
  const ranked = [{ expression: ranking, factor: 1 }, ...(hasPairs ? [{ expression: pairs, factor: pairWeight }] : []), ...others]
  return textTables(index).flatMap(([table, fields]) => {
    const weights = fields.map(field => mapping.text[field]?.weight ?? 1)
    // Within bm25 a weight multiplies how often a word is there, which hardly lowers the score of the first time.
    const scale = Math.min(1, Math.max(...weights))
    const columns = weights.map(weight => weight / scale).join(', ')
    return ranked.map(({ expression, factor }) => ({
      sql: `SELECT rowid AS docid, -${factor * textWeight * scale} * bm25(${table}, ${columns}) AS score
        FROM ${table} WHERE ${table} MATCH ? ${slice.sql}`,
      bindings: [expression, ...slice.bindings],
    }))
  })
}

/** In one table the expression itself asks for all of them. */
function requiredIn(index: IndexTables, { required }: MatchExpressions): Part[] {
  const tables = textTables(index)
  if (tables.length === 1) return []
  const anywhere = tables.map(([table]) => `SELECT rowid FROM ${table} WHERE ${table} MATCH ?`).join(' UNION ')
  return required.map(row => ({ sql: `s.docid IN (${anywhere})`, bindings: tables.map(() => row) }))
}

function clauseSources({ number }: IndexTables, clauses: readonly ConstantScoreClause[]): Part[] {
  if (clauses.length === 0) return []
  const list = 'FROM json_each(?) c JOIN'
  const bindings = [JSON.stringify(clauses)]
  return [
    {
      sql: `SELECT k.docid, c.value ->> 'score' AS score ${list} keywords_${number} k ON k.field = c.value ->> 'field' AND k.value = c.value ->> 'value'`,
      bindings,
    },
    {
      sql: `SELECT d.docid, c.value ->> 'score' AS score ${list} documents_${number} d ON d.id = c.value ->> 'value' WHERE c.value ->> 'field' = 'id'`,
      bindings,
    },
  ]
}

export function conditionsOf(
  index: IndexTables,
  { readers, ranges = [] }: Pick<SearchQuery, 'readers' | 'ranges'>,
  { excluded }: Pick<MatchExpressions, 'excluded'>,
): Part[] {
  const { number } = index
  // What was removed has no readers any more.
  const mayRead = `EXISTS (SELECT 1 FROM readers_${number} r WHERE r.docid = s.docid AND r.token IN (SELECT value FROM json_each(?)))`
  return [
    { sql: mayRead, bindings: [JSON.stringify(readers)] },
    ...ranges.map(({ field, from, before }) => ({
      sql: `EXISTS (SELECT 1 FROM dates_${number} t WHERE t.docid = s.docid AND t.field = ? AND t.at >= ? AND t.at < ?)`,
      bindings: [field, from?.getTime() ?? Number.MIN_SAFE_INTEGER, before?.getTime() ?? Number.MAX_SAFE_INTEGER],
    })),
    ...(excluded === undefined
      ? []
      : textTables(index).map(([table]) => ({
          sql: `s.docid NOT IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ?)`,
          bindings: [excluded],
        }))),
  ]
}

export function passing({ number }: IndexTables, filters: readonly KeywordFilter[]): Part {
  const parts = filters.map(({ field, anyOf, not }) => ({
    sql: `${not ? 'NOT ' : ''}EXISTS (SELECT 1 FROM json_each(?) v JOIN keywords_${number} f ON f.docid = m.docid AND f.field = ? AND f.value = v.value)`,
    bindings: [JSON.stringify(anyOf), field],
  }))
  return { sql: ['1', ...parts.map(part => part.sql)].join(' AND '), bindings: parts.flatMap(part => part.bindings) }
}

function total(db: SearchDatabase, matched: string, index: IndexTables, filters: readonly KeywordFilter[]): number {
  const where = passing(index, filters)
  return db.first<{ n: number }>(`SELECT count(*) AS n FROM ${matched} m WHERE ${where.sql}`, ...where.bindings)?.n ?? 0
}

function hits(db: SearchDatabase, matched: string, index: IndexTables, query: SearchQuery, expressions: MatchExpressions): SearchHit[] {
  const marked = markedIn(index, expressions)
  const where = passing(index, query.filters ?? [])
  const { sort } = query
  const dated = sort === undefined ? '' : `LEFT JOIN dates_${index.number} t ON t.docid = m.docid AND t.field = ?`
  const order = sort === undefined ? 'm.score DESC' : `t.at ${sort.newestFirst ? 'DESC' : 'ASC'} NULLS LAST`
  const found = db.all<{ docid: number; id: string; score: number }>(
    `SELECT m.docid, d.id, m.score FROM ${matched} m JOIN documents_${index.number} d ON d.docid = m.docid ${dated}
     WHERE ${where.sql} ORDER BY ${order}, d.id LIMIT ? OFFSET ?`,
    ...(sort === undefined ? [] : [sort.date]),
    ...where.bindings,
    query.size,
    query.from,
  )
  return found.map(({ docid, id, score }) => ({
    id,
    score,
    highlights: marked === undefined ? {} : highlights(db, index, docid, query, marked),
  }))
}

/** Of what a document has in several tables, each is marked for itself. */
function markedIn(index: IndexTables, { marked, anyOf, synonyms }: MatchExpressions): string | undefined {
  if (anyOf === undefined || textTables(index).length === 1) return marked
  return [anyOf, ...synonyms.map(({ phrase }) => phrase)].map(expression => `(${expression})`).join(' OR ')
}

function highlights(
  db: SearchDatabase,
  index: IndexTables,
  docid: number,
  { highlight = [] }: SearchQuery,
  marked: string,
): Record<string, string[]> {
  const ofTables = textTables(index).map(([table, fields]) => {
    const asked = highlight.filter(field => fields.includes(field)).map(field => [field, fields.indexOf(field)] as const)
    return asked.length === 0 ? {} : highlightsIn(db, table, { asked, docid, marked })
  })
  return Object.assign({}, ...ofTables)
}

function highlightsIn(
  db: SearchDatabase,
  table: string,
  { asked, docid, marked }: { asked: readonly (readonly [field: string, column: number])[]; docid: number; marked: string },
): Record<string, string[]> {
  const marks = `'${highlightStart}', '${highlightEnd}'`
  const columns = asked.map(
    ([, column]) => `CASE WHEN length(t${column}) <= ${wholeTextLength} THEN highlight(${table}, ${column}, ${marks})
      ELSE snippet(${table}, ${column}, ${marks}, '…', ${fragmentTokens}) END AS "${column}"`,
  )
  const sql = `SELECT ${columns.join(', ')} FROM ${table} WHERE ${table} MATCH ? AND rowid = ?`
  const row = db.first<Record<string, string>>(sql, marked, docid)
  const fragments = asked.map(([field, column]) => [field, row?.[String(column)] ?? ''] as const)
  return Object.fromEntries(
    fragments.filter(([, fragment]) => fragment.includes(highlightStart)).map(([field, fragment]) => [field, [fragment]]),
  )
}

function facetValues(
  db: SearchDatabase,
  matched: string,
  index: IndexTables,
  facet: FacetRequest,
  filters: readonly KeywordFilter[],
): FacetValue[] {
  const field = fieldOf(facet)
  const where = passing(
    index,
    filters.filter(filter => filter.field !== field),
  )
  const only =
    typeof facet === 'string'
      ? { sql: '', bindings: [] }
      : { sql: 'AND k.value IN (SELECT value FROM json_each(?))', bindings: [JSON.stringify(facet.values)] }
  const most = typeof facet === 'string' ? mostFacetValues : facet.values.length
  return db
    .all<FacetValue>(
      `SELECT k.value AS value, count(*) AS count FROM ${matched} m JOIN keywords_${index.number} k ON k.docid = m.docid AND k.field = ? ${only.sql}
       WHERE ${where.sql} GROUP BY k.value ORDER BY 2 DESC, 1 LIMIT ?`,
      field,
      ...only.bindings,
      ...where.bindings,
      most,
    )
    .map(({ value, count }) => ({ value, count }))
}

const fieldOf = (facet: FacetRequest) => (typeof facet === 'string' ? facet : facet.field)
