import { type Doc, isPlainObject, pathParts } from './documentPaths.ts'
import { MongoError, notSupported } from './mongoError.ts'

export type Projection = (doc: Doc) => Doc

/** Fields to keep, or fields to leave out; `_id` is kept unless it is left out. Undefined when everything is sent. */
export function projection(fields: Doc | undefined): Projection | undefined {
  const entries = Object.entries(fields ?? {})
  if (entries.length === 0) return undefined
  const odd = entries.find(([path, value]) => path.includes('$') || (typeof value !== 'number' && typeof value !== 'boolean'))
  if (odd !== undefined) throw notSupported(`the projection of ${odd[0]}`)
  const others = entries.filter(([path]) => path !== '_id')
  const keeping = others.length === 0 ? Boolean(fields?._id) : Boolean(others[0]?.[1])
  const mixed = others.find(([, value]) => Boolean(value) !== keeping)
  if (mixed !== undefined) {
    const code = keeping ? 31254 : 31253
    throw new MongoError(
      code,
      keeping
        ? `Cannot do exclusion on field ${mixed[0]} in inclusion projection`
        : `Cannot do inclusion on field ${mixed[0]} in exclusion projection`,
    )
  }
  const withId = fields?._id === undefined || Boolean(fields._id)
  const paths = others.map(([path]) => pathParts(path))
  if (keeping) return doc => keep(doc, withId ? [['_id'], ...paths] : paths) as Doc
  return doc => leaveOut(doc, withId ? paths : [['_id'], ...paths]) as Doc
}

/** The fields that a projection keeps, when all of them are kept whole: what it makes is then a part of the stored bytes. */
export function fieldsKeptWhole(fields: Doc | undefined): Set<string> | undefined {
  const { _id = true, ...others } = fields ?? {}
  const paths = Object.keys(others)
  if (paths.length === 0 || !Object.values(others).every(Boolean) || paths.some(path => path.includes('.'))) return undefined
  return new Set(_id ? ['_id', ...paths] : paths)
}

function keep(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(value))
    return value.filter(element => isPlainObject(element) || Array.isArray(element)).map(element => keep(element, paths))
  if (!isPlainObject(value)) return undefined
  return rebuilt(value, (name, field) => {
    const below = paths.filter(path => path[0] === name).map(path => path.slice(1))
    if (below.length === 0) return undefined
    return below.some(path => path.length === 0) ? field : keep(field, below)
  })
}

function leaveOut(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(value)) return value.map(element => leaveOut(element, paths))
  if (!isPlainObject(value)) return value
  return rebuilt(value, (name, field) => {
    const below = paths.filter(path => path[0] === name).map(path => path.slice(1))
    if (below.some(path => path.length === 0)) return undefined
    return below.length === 0 ? field : leaveOut(field, below)
  })
}

function rebuilt(value: Doc, change: (name: string, field: unknown) => unknown): Doc {
  const result: Doc = {}
  for (const [name, field] of Object.entries(value)) {
    const changed = change(name, field)
    if (changed !== undefined) result[name] = changed
  }
  return result
}
