import { type Doc, isPlainObject, pathParts, valuesAt } from './documentPaths.ts'
import { compareValues, encodeKey, typeOf, typeOrder } from './keyEncoding.ts'
import { MongoError, notSupported } from './mongoError.ts'
import { distinctValues } from './store.ts'
import { isSupported } from './supportedOperations.ts'

interface Accumulator {
  add(value: unknown): void
  result(): unknown
}

/** The stage $group, which keeps of each document only what its accumulators need. */
export class Groups {
  private readonly id: unknown
  private readonly fields: { name: string; operand: unknown; make: () => Accumulator }[]
  private readonly groups = new Map<string, { id: unknown; accumulators: Accumulator[] }>()

  constructor({ _id, ...fields }: Doc) {
    this.id = _id
    this.fields = Object.entries(fields).map(([name, accumulator]) => {
      const [kind, operand] = Object.entries(accumulator as Doc)[0] ?? ['', undefined]
      return { name, operand, make: accumulatorOf(kind) }
    })
  }

  /** The paths in documents that it looks at. */
  get paths(): string[] {
    return [this.id, ...this.fields.map(({ operand }) => operand)].flatMap(pathsIn)
  }

  add(doc: Doc): void {
    const id = expression(this.id, doc)
    const { accumulators } = this.groupOf(id)
    for (const [position, { operand }] of this.fields.entries()) accumulators[position]?.add(expression(operand, doc))
  }

  made(): Doc[] {
    return [...this.groups.values()].map(({ id, accumulators }) => ({
      _id: id,
      ...Object.fromEntries(this.fields.map(({ name }, position) => [name, accumulators[position]?.result()])),
    }))
  }

  private groupOf(id: unknown) {
    const key = encodeKey(id).toString('latin1')
    const known = this.groups.get(key)
    if (known !== undefined) return known
    const group = { id: id ?? null, accumulators: this.fields.map(({ make }) => make()) }
    this.groups.set(key, group)
    return group
  }
}

/** A constant, a field, or an object of these. */
export function expression(operand: unknown, doc: Doc): unknown {
  if (typeof operand === 'string' && operand.startsWith('$$')) throw notSupported(`the variable ${operand}`)
  if (typeof operand === 'string' && operand.startsWith('$')) return valuesAt(doc, pathParts(operand.slice(1)))[0]
  if (!isPlainObject(operand)) return operand
  if (Object.keys(operand).some(name => name.startsWith('$'))) throw notSupported(`the expression ${Object.keys(operand)[0]}`)
  return Object.fromEntries(Object.entries(operand).map(([name, part]) => [name, expression(part, doc)]))
}

function pathsIn(operand: unknown): string[] {
  if (typeof operand === 'string') return operand.startsWith('$') ? [operand.slice(1)] : []
  return isPlainObject(operand) ? Object.values(operand).flatMap(pathsIn) : []
}

function accumulatorOf(kind: string): () => Accumulator {
  if (!isSupported('accumulators', kind)) throw new MongoError(15952, `unknown group operator '${kind}'`)
  switch (kind) {
    case '$sum':
      return () => numbers(({ sum }) => sum)
    case '$avg':
      return () => numbers(({ sum, count }) => (count === 0 ? null : sum / count))
    case '$min':
      return () => best((value, known) => compareValues(value, known) < 0)
    case '$max':
      return () => best((value, known) => compareValues(value, known) >= 0)
    case '$first':
      return () => list(values => values[0] ?? null, 1)
    case '$last':
      return last
    case '$push':
      return () => list(values => values.filter(value => value !== undefined))
    default:
      return () => list(distinctValues)
  }
}

function numbers(result: (all: { sum: number; count: number }) => unknown): Accumulator {
  const all = { sum: 0, count: 0 }
  return {
    add(value) {
      if (value === undefined || value === null || typeOf(value) !== typeOrder.number) return
      all.sum += Number(value)
      all.count += 1
    },
    result: () => result(all),
  }
}

/** Missing ones do not count. */
function best(isBetter: (value: unknown, known: unknown) => boolean): Accumulator {
  let known: unknown
  return {
    add(value) {
      if (value === undefined || value === null) return
      if (known === undefined || isBetter(value, known)) known = value
    },
    result: () => known ?? null,
  }
}

function last(): Accumulator {
  let value: unknown
  return {
    add(next) {
      value = next
    },
    result: () => value ?? null,
  }
}

function list(result: (values: unknown[]) => unknown, most = Number.POSITIVE_INFINITY): Accumulator {
  const values: unknown[] = []
  return {
    add(value) {
      if (values.length < most) values.push(value)
    },
    result: () => result(values),
  }
}
