import type { Collection } from './catalogue.ts'
import { none } from './collectionScan.ts'
import { type Doc, isPlainObject, pathParts, valuesAt } from './documentPaths.ts'
import { compareValues, encodeKey, typeOf, typeOrder } from './keyEncoding.ts'
import { matcher } from './matcher.ts'
import { MongoError, notSupported } from './mongoError.ts'
import { compareSortKeys, sortFields, sortKeys } from './sorting.ts'
import { distinctValues, type Session } from './store.ts'
import { isSupported } from './supportedOperations.ts'

/** The few stages that counting and grouping need; a leading $match uses the indexes. */
export async function pipelined(
  session: Session,
  collection: Collection | undefined,
  pipeline: readonly Doc[],
  maxTimeMs: number | undefined,
): Promise<Doc[]> {
  const stages = pipeline.map((stage): [string, unknown] => Object.entries(stage)[0] ?? ['', undefined])
  const unknown = stages.find(([name]) => !isSupported('stages', name))
  if (unknown !== undefined) throw notSupported(`the stage ${unknown[0]}`)
  const [first, ...rest] = stages
  const filter = first?.[0] === '$match' ? (first[1] as Doc) : {}
  let docs: Doc[] = []
  for await (const { doc } of collection === undefined ? none() : session.scan(collection, { filter, maxTimeMs })) docs.push(doc)
  for (const [name, operand] of first?.[0] === '$match' ? rest : stages) docs = stage(name, operand, docs)
  return docs
}

function stage(name: string, operand: unknown, docs: Doc[]): Doc[] {
  switch (name) {
    case '$match':
      return docs.filter(matcher(operand as Doc))
    case '$sort': {
      const fields = sortFields(operand as Doc)
      const keyed = docs.map(doc => ({ doc, keys: sortKeys(doc, fields) }))
      return keyed.sort((a, b) => compareSortKeys(a.keys, b.keys, fields)).map(({ doc }) => doc)
    }
    case '$skip':
      return docs.slice(Number(operand))
    case '$limit':
      return docs.slice(0, Number(operand))
    case '$count':
      return docs.length === 0 ? [] : [{ [String(operand)]: docs.length }]
    default:
      return group(operand as Doc, docs)
  }
}

function group({ _id, ...fields }: Doc, docs: readonly Doc[]): Doc[] {
  const groups = new Map<string, { id: unknown; docs: Doc[] }>()
  for (const doc of docs) {
    const id = expression(_id, doc)
    const key = encodeKey(id).toString('latin1')
    const known = groups.get(key) ?? { id: id ?? null, docs: [] }
    known.docs.push(doc)
    groups.set(key, known)
  }
  return [...groups.values()].map(({ id, docs: members }) => {
    const made = Object.entries(fields).map(([name, accumulator]) => [name, accumulated(accumulator, members)])
    return { _id: id, ...Object.fromEntries(made) }
  })
}

/** A constant, a field, or an object of these. */
function expression(operand: unknown, doc: Doc): unknown {
  if (typeof operand === 'string' && operand.startsWith('$')) return valuesAt(doc, pathParts(operand.slice(1)))[0]
  if (!isPlainObject(operand)) return operand
  if (Object.keys(operand).some(name => name.startsWith('$'))) throw notSupported(`the expression ${Object.keys(operand)[0]}`)
  return Object.fromEntries(Object.entries(operand).map(([name, part]) => [name, expression(part, doc)]))
}

function accumulated(accumulator: unknown, docs: readonly Doc[]): unknown {
  const [name, operand] = Object.entries(accumulator as Doc)[0] ?? ['', undefined]
  if (!isSupported('accumulators', name)) throw new MongoError(15952, `unknown group operator '${name}'`)
  const values = docs.map(doc => expression(operand, doc))
  switch (name) {
    case '$sum':
      return sumOf(numbersOf(values))
    case '$avg': {
      const numbers = numbersOf(values)
      return numbers.length === 0 ? null : sumOf(numbers) / numbers.length
    }
    case '$min':
      return inOrder(values)[0] ?? null
    case '$max':
      return inOrder(values).at(-1) ?? null
    case '$first':
      return values[0] ?? null
    case '$last':
      return values.at(-1) ?? null
    case '$push':
      return values.filter(value => value !== undefined)
    default:
      return distinctValues(values)
  }
}

const numbersOf = (values: readonly unknown[]) => values.filter(value => value !== null && typeOf(value) === typeOrder.number).map(Number)
const sumOf = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
const inOrder = (values: readonly unknown[]) => values.filter(value => value !== undefined && value !== null).sort(compareValues)
