import { BSONRegExp } from 'bson'
import type { Collection, IndexDefinition } from './catalogue.ts'
import { type Doc, isPlainObject } from './documentPaths.ts'
import { afterPrefix, encodeKey, equalValues, inverted, typeOf, typeOrder } from './keyEncoding.ts'
import { isOperators } from './matcher.ts'
import type { SortField } from './sorting.ts'

/** Half-open, in the bytes of the index; no `before` means to the end. */
export interface KeyRange {
  from: Buffer
  before: Buffer | undefined
}

/** How a query is answered: which index in which ranges, or every document; and whether they come in the asked order. */
export interface Plan {
  index: IndexDefinition | undefined
  ranges: KeyRange[]
  backwards: boolean
  sorted: boolean
}

interface Bound {
  value: unknown
  inclusive: boolean
}

interface Condition {
  /** The field is one of these. */
  anyOf?: unknown[]
  from?: Bound
  to?: Bound
  exists?: boolean
  /** Of an array one and the same element has to be within both ends. */
  isOfElement?: true
}

const mostRanges = 500
const everything: KeyRange = { from: Buffer.alloc(0), before: undefined }

/** The index with the longest run of equalities, then a range or the asked order; without one, every document is looked at. */
export function planQuery(collection: Collection, filter: Doc, sort: readonly SortField[]): Plan {
  const conditions = conditionsOf(filter)
  const plans = collection.indexes.filter(index => isUsable(index, conditions)).map(index => planWith(index, conditions, sort))
  const best = plans.reduce((a, b) => (b.score > a.score ? b : a), { plan: fullScan(sort), score: 0 })
  return best.plan
}

const fullScan = (sort: readonly SortField[]): Plan => ({
  index: undefined,
  ranges: [everything],
  backwards: false,
  sorted: sort.length === 0,
})

function planWith(
  index: IndexDefinition,
  conditions: ReadonlyMap<string, Condition>,
  sort: readonly SortField[],
): { plan: Plan; score: number } {
  let prefixes = [Buffer.alloc(0)]
  let used = 0
  let single = true
  for (const { path, direction } of index.keys) {
    const values = conditions.get(path)?.anyOf
    if (values === undefined || prefixes.length * values.length > mostRanges) break
    const parts = distinct(values.map(encodeKey)).map(key => (direction === -1 ? inverted(key) : key))
    prefixes = prefixes.flatMap(prefix => parts.map(part => Buffer.concat([prefix, part])))
    single &&= parts.length === 1
    used++
  }
  const next = index.keys[used]
  const range = next === undefined ? undefined : rangeOf(conditions.get(next.path))
  const ranges = prefixes.map(prefix =>
    next === undefined || range === undefined ? prefixRange(prefix) : bounded(prefix, range, next.direction),
  )
  const order = single && !index.multikey ? orderOf(index, used, sort) : undefined
  const sorted = sort.length === 0 || order !== undefined
  const score =
    used * 10 +
    (range === undefined ? 0 : 5) +
    (sort.length > 0 && order !== undefined ? 6 : 0) +
    (index.unique && used === index.keys.length ? 20 : 0) +
    (index.partial ? 1 : 0)
  return { plan: { index, ranges, backwards: order === 'backwards', sorted }, score }
}

const distinct = (keys: Buffer[]) => [...new Map(keys.map(key => [key.toString('latin1'), key])).values()].sort(Buffer.compare)

const prefixRange = (prefix: Buffer): KeyRange => ({ from: prefix, before: prefix.length === 0 ? undefined : afterPrefix(prefix) })

/** Whether the index, after its equalities, gives the asked order forwards or backwards. */
function orderOf(index: IndexDefinition, used: number, sort: readonly SortField[]): 'forwards' | 'backwards' | undefined {
  if (sort.length === 0) return undefined
  const equal = new Set(index.keys.slice(0, used).map(({ path }) => path))
  const asked = sort.filter(({ path }) => !equal.has(path))
  const rest = index.keys.slice(used, used + asked.length)
  if (rest.length < asked.length || asked.some(({ path }, position) => rest[position]?.path !== path)) return undefined
  const same = asked.map(({ direction }, position) => direction === rest[position]?.direction)
  if (same.every(Boolean)) return 'forwards'
  return same.some(Boolean) ? undefined : 'backwards'
}

/** Bounds within one type, as comparison operators compare. */
function rangeOf(condition: Condition | undefined): { from: Bound | undefined; to: Bound | undefined; type: number } | undefined {
  const bound = condition?.from ?? condition?.to
  if (condition === undefined || bound === undefined) return undefined
  return { from: condition.from, to: condition.to, type: typeOf(bound.value) }
}

function bounded(
  prefix: Buffer,
  { from, to, type }: { from: Bound | undefined; to: Bound | undefined; type: number },
  direction: 1 | -1,
): KeyRange {
  const typeStart = Buffer.from([type])
  const low = from === undefined ? typeStart : from.inclusive ? encodeKey(from.value) : (afterPrefix(encodeKey(from.value)) as Buffer)
  const high = to === undefined ? afterPrefix(typeStart) : to.inclusive ? afterPrefix(encodeKey(to.value)) : encodeKey(to.value)
  if (direction === 1)
    return { from: Buffer.concat([prefix, low]), before: high === undefined ? prefixRange(prefix).before : Buffer.concat([prefix, high]) }
  // Descending parts are inverted: [low, high) becomes (~high, ~low], taken a little too wide; the filter is applied to what is found anyway.
  const start = high === undefined ? Buffer.alloc(0) : inverted(high)
  return {
    from: Buffer.concat([prefix, start.subarray(0, Math.max(0, start.length - 1))]),
    before: afterPrefix(Buffer.concat([prefix, inverted(low)])),
  }
}

/** What the filter demands of single fields: only conditions that all documents must meet. */
function conditionsOf(filter: Doc, found = new Map<string, Condition>()): Map<string, Condition> {
  for (const [name, operand] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(operand)) for (const part of operand) conditionsOf(part as Doc, found)
    if (!name.startsWith('$')) found.set(name, narrowed(found.get(name), operand))
  }
  return found
}

function narrowed(known: Condition = {}, operand: unknown): Condition {
  if (known.isOfElement) return known
  if (!isOperators(operand)) return isIndexable(operand) ? { ...known, anyOf: [operand] } : known
  const { $eq, $in, $gt, $gte, $lt, $lte, $exists, $elemMatch } = operand
  if (Object.keys(known).length === 0 && Object.keys(operand).length === 1 && isOperators($elemMatch))
    return { ...narrowed({}, $elemMatch), isOfElement: true }
  const result: Condition = { ...known }
  if (Object.hasOwn(operand, '$eq') && isIndexable($eq)) result.anyOf = [$eq]
  if (Array.isArray($in) && $in.every(isIndexable)) result.anyOf ??= $in
  if ($gt !== undefined) result.from ??= { value: $gt, inclusive: false }
  if ($gte !== undefined) result.from ??= { value: $gte, inclusive: true }
  if ($lt !== undefined && sameType(result.from, $lt)) result.to ??= { value: $lt, inclusive: false }
  if ($lte !== undefined && sameType(result.from, $lte)) result.to ??= { value: $lte, inclusive: true }
  if ($exists !== undefined) result.exists = Boolean($exists)
  return result
}

const sameType = (bound: Bound | undefined, value: unknown) => bound === undefined || typeOf(bound.value) === typeOf(value)

/** Arrays and patterns are found by looking at documents. */
const isIndexable = (value: unknown) =>
  !Array.isArray(value) && !(value instanceof RegExp) && !(value instanceof BSONRegExp) && !(isPlainObject(value) && isOperators(value))

/** An index that leaves documents out may only be used when the filter leaves them out too. A range over arrays cannot take both of its ends. */
function isUsable(index: IndexDefinition, conditions: ReadonlyMap<string, Condition>): boolean {
  if (index.sparse && !index.keys.some(({ path }) => demandsValue(conditions.get(path)))) return false
  if (index.multikey && index.keys.some(({ path }) => hasBothEnds(conditions.get(path)))) return false
  if (index.partial === undefined) return true
  return Object.entries(index.partial.filter).every(([path, demanded]) => implies(conditions.get(path), demanded))
}

const hasBothEnds = (condition: Condition | undefined) =>
  condition?.from !== undefined && condition.to !== undefined && condition.isOfElement === undefined

function implies(condition: Condition | undefined, demanded: unknown): boolean {
  if (isOperators(demanded)) return Object.keys(demanded).length === 1 && demanded.$exists === true && demandsValue(condition)
  return condition?.anyOf?.length === 1 && equalValues(condition.anyOf[0], demanded)
}

function demandsValue(condition: Condition | undefined): boolean {
  if (condition === undefined) return false
  if (condition.exists === true) return true
  const values = condition.anyOf ?? [condition.from?.value ?? condition.to?.value]
  return values.every(value => typeOf(value) !== typeOrder.null)
}
