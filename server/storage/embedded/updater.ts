import { type Doc, isPlainObject, pathParts } from './documentPaths.ts'
import { compareValues, equalValues, typeOf, typeOrder } from './keyEncoding.ts'
import { pullMatcher } from './matcher.ts'
import { MongoError, notSupported } from './mongoError.ts'
import { isSupported, supportedOperations } from './supportedOperations.ts'

/** Changes a document in place. `inserting` says whether it is being made by an upsert. */
export type Updater = (doc: Doc, inserting: boolean) => void

interface Place {
  parent: Doc | unknown[]
  key: string
}

/** An update as a function: operators, or a whole new document. */
export function updater(update: unknown): Updater {
  if (Array.isArray(update)) throw notSupported('updates by a pipeline')
  if (!isPlainObject(update)) throw new MongoError(9, 'Update argument must be an object')
  const names = Object.keys(update)
  if (!names.some(name => name.startsWith('$'))) return replacing(update)
  const unknown = names.find(name => !isSupported('updates', name))
  if (unknown !== undefined)
    throw new MongoError(9, `Unknown modifier: ${unknown}. Expected one of ${supportedOperations.updates.join(', ')}`)
  refuseConflicts(update)
  const steps = names.flatMap(name => Object.entries((update[name] ?? {}) as Doc).map(([path, operand]) => step(name, path, operand)))
  return (doc, inserting) => {
    for (const apply of steps) apply(doc, inserting)
  }
}

function replacing(replacement: Doc): Updater {
  return doc => {
    const { _id } = doc
    if (replacement._id !== undefined && _id !== undefined && !equalValues(replacement._id, _id)) {
      throw new MongoError(66, "After applying the update, the (immutable) field '_id' was found to have been altered")
    }
    for (const name of Object.keys(doc)) delete doc[name]
    Object.assign(doc, _id === undefined ? {} : { _id }, replacement)
  }
}

/** Two operators must not touch the same field, nor one inside the other. */
function refuseConflicts(update: Doc): void {
  const paths = Object.entries(update).flatMap(([name, fields]) => [
    ...Object.keys((fields ?? {}) as Doc),
    ...(name === '$rename' ? Object.values(fields as Doc).map(String) : []),
  ])
  const sorted = paths.sort()
  for (const [position, path] of sorted.entries()) {
    const clash = sorted.slice(position + 1).find(other => other === path || other.startsWith(`${path}.`))
    if (clash !== undefined) throw new MongoError(40, `Updating the path '${clash}' would create a conflict at '${path}'`)
  }
}

function step(operator: string, path: string, operand: unknown): Updater {
  const parts = pathParts(path)
  if (parts.some(part => part.startsWith('$'))) throw notSupported('positional updates')
  if (parts.some(part => part === '')) throw new MongoError(56, 'An empty update path is not valid.')
  const set = (doc: Doc, value: unknown) => setAt(place(doc, parts), value)
  switch (operator) {
    case '$set':
      return doc => set(doc, operand)
    case '$setOnInsert':
      return (doc, inserting) => inserting && set(doc, operand)
    case '$unset':
      return doc => unsetAt(doc, parts)
    case '$inc':
    case '$mul':
      return doc => arithmetic(doc, parts, operator, operand)
    case '$min':
    case '$max':
      return doc => extreme(doc, parts, operator, operand)
    case '$currentDate':
      return doc => set(doc, currentDate(operand))
    case '$rename':
      return doc => rename(doc, parts, pathParts(String(operand)))
    case '$push':
      return doc => push(doc, parts, operand)
    case '$addToSet':
      return doc => addToSet(doc, parts, operand)
    default:
      return doc => pull(doc, parts, operand)
  }
}

/** Where a path ends, made on the way where it is missing. */
function place(doc: Doc, parts: readonly string[]): Place {
  let parent: Doc | unknown[] = doc
  for (const [position, key] of parts.slice(0, -1).entries()) {
    const child = valueIn(parent, key)
    if (child === undefined) setAt({ parent, key }, {})
    else if (!isPlainObject(child) && !Array.isArray(child)) throw notViable(parts, position, child)
    parent = valueIn(parent, key) as Doc | unknown[]
  }
  return { parent, key: parts.at(-1) as string }
}

/** The same without making anything: undefined where the path leads nowhere. */
function existingPlace(doc: Doc, parts: readonly string[]): Place | undefined {
  let parent: unknown = doc
  for (const key of parts.slice(0, -1)) {
    if (!isPlainObject(parent) && !Array.isArray(parent)) return undefined
    parent = valueIn(parent, key)
  }
  return isPlainObject(parent) || Array.isArray(parent) ? { parent, key: parts.at(-1) as string } : undefined
}

function valueIn(parent: Doc | unknown[], key: string): unknown {
  if (Array.isArray(parent)) return /^\d+$/.test(key) ? parent[Number(key)] : undefined
  return Object.hasOwn(parent, key) ? parent[key] : undefined
}

function setAt({ parent, key }: Place, value: unknown): void {
  if (!Array.isArray(parent)) {
    parent[key] = value
    return
  }
  if (!/^\d+$/.test(key)) throw new MongoError(28, `Cannot create field '${key}' in an array element`)
  const index = Number(key)
  if (index > parent.length + 1_500_000) throw new MongoError(2, "can't backfill array to larger than 1500000 elements")
  while (parent.length < index) parent.push(null)
  parent[index] = value
}

function unsetAt(doc: Doc, parts: readonly string[]): void {
  const at = existingPlace(doc, parts)
  if (at === undefined || valueIn(at.parent, at.key) === undefined) return
  if (Array.isArray(at.parent)) at.parent[Number(at.key)] = null
  else delete at.parent[at.key]
}

function arithmetic(doc: Doc, parts: readonly string[], operator: string, operand: unknown): void {
  if (typeOf(operand) !== typeOrder.number)
    throw new MongoError(
      14,
      `Cannot ${operator === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${parts.join('.')}: ${JSON.stringify(operand)}}`,
    )
  const at = place(doc, parts)
  const value = valueIn(at.parent, at.key)
  if (value !== undefined && (value === null || typeOf(value) !== typeOrder.number)) {
    throw new MongoError(
      14,
      `Cannot apply ${operator} to a value of non-numeric type. {_id: ${JSON.stringify(doc._id)}} has the field '${at.key}' of non-numeric type`,
    )
  }
  const before = Number(value ?? 0)
  setAt(at, operator === '$inc' ? before + Number(operand) : before * Number(operand))
}

function extreme(doc: Doc, parts: readonly string[], operator: string, operand: unknown): void {
  const at = place(doc, parts)
  const value = valueIn(at.parent, at.key)
  const order = compareValues(operand, value)
  if (value === undefined || (operator === '$min' ? order < 0 : order > 0)) setAt(at, operand)
}

function currentDate(operand: unknown): Date {
  if (operand === true || (isPlainObject(operand) && operand.$type === 'date')) return new Date()
  throw notSupported('$currentDate other than a date')
}

function rename(doc: Doc, from: readonly string[], to: readonly string[]): void {
  const at = existingPlace(doc, from)
  const value = at === undefined ? undefined : valueIn(at.parent, at.key)
  if (value === undefined) return
  unsetAt(doc, from)
  setAt(place(doc, to), value)
}

/** The array at the path, a new one where there is none. */
function arrayAt(doc: Doc, parts: readonly string[]): unknown[] {
  const at = place(doc, parts)
  const value = valueIn(at.parent, at.key)
  if (value === undefined) {
    setAt(at, [])
    return valueIn(at.parent, at.key) as unknown[]
  }
  if (!Array.isArray(value)) {
    throw new MongoError(
      2,
      `The field '${parts.join('.')}' must be an array but is of type ${value === null ? 'null' : typeof value} in document {_id: ${JSON.stringify(doc._id)}}`,
    )
  }
  return value
}

function push(doc: Doc, parts: readonly string[], operand: unknown): void {
  const modified = isPlainObject(operand) && Object.hasOwn(operand, '$each')
  const modifiers = modified ? operand : { $each: [operand] }
  const unknown = Object.keys(modifiers).find(name => !isSupported('pushModifiers', name))
  if (unknown !== undefined) throw new MongoError(2, `Unrecognized clause in $push: ${unknown}`)
  const { $each, $position, $slice, $sort } = modifiers as { $each: unknown; $position?: number; $slice?: number; $sort?: unknown }
  if (!Array.isArray($each)) throw new MongoError(2, 'The argument to $each in $push must be an array')
  const array = arrayAt(doc, parts)
  array.splice($position ?? array.length, 0, ...$each)
  if ($sort !== undefined) array.sort(elementOrder($sort))
  if ($slice !== undefined) sliceInPlace(array, Number($slice))
}

function elementOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (sort === 1 || sort === -1) return (a, b) => sort * compareValues(a, b)
  if (!isPlainObject(sort))
    throw new MongoError(2, 'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields')
  const fields = Object.entries(sort)
  return (a, b) => {
    for (const [field, direction] of fields) {
      const order = compareValues((a as Doc | null)?.[field], (b as Doc | null)?.[field])
      if (order !== 0) return Number(direction) * order
    }
    return 0
  }
}

function sliceInPlace(array: unknown[], slice: number): void {
  const kept = slice < 0 ? array.slice(slice) : array.slice(0, slice)
  array.splice(0, array.length, ...(slice === 0 ? [] : kept))
}

function addToSet(doc: Doc, parts: readonly string[], operand: unknown): void {
  const added = isPlainObject(operand) && Object.hasOwn(operand, '$each') ? operand.$each : [operand]
  if (!Array.isArray(added)) throw new MongoError(14, 'The argument to $each in $addToSet must be an array')
  const array = arrayAt(doc, parts)
  for (const value of added) if (!array.some(kept => equalValues(kept, value))) array.push(value)
}

function pull(doc: Doc, parts: readonly string[], operand: unknown): void {
  const at = existingPlace(doc, parts)
  const value = at === undefined ? undefined : valueIn(at.parent, at.key)
  if (at === undefined || value === undefined) return
  if (!Array.isArray(value)) throw new MongoError(2, 'Cannot apply $pull to a non-array value')
  const matches = pullMatcher(operand)
  setAt(
    at,
    value.filter(element => !matches(element)),
  )
}

function notViable(parts: readonly string[], position: number, child: unknown): MongoError {
  return new MongoError(28, `Cannot create field '${parts[position + 1]}' in element {${parts[position]}: ${JSON.stringify(child)}}`)
}
