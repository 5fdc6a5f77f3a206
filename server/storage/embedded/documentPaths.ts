export type Doc = Record<string, unknown>

export const isPlainObject = (value: unknown): value is Doc =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)

const index = /^\d+$/

/**
 * All that a dotted path leads to, arrays on the way looked into element by element and by position, as filters see it. A missing field is undefined;
 * an array at the end is one value.
 */
export function valuesAt(value: unknown, path: readonly string[], at = 0): unknown[] {
  if (at === path.length) return [value]
  const part = path[at] as string
  if (Array.isArray(value)) {
    const positioned = index.test(part) && Number(part) < value.length ? valuesAt(value[Number(part)], path, at + 1) : []
    return [...positioned, ...value.filter(isPlainObject).flatMap(element => valuesAt(element, path, at))]
  }
  if (!isPlainObject(value) || !Object.hasOwn(value, part)) return [undefined]
  return valuesAt(value[part], path, at + 1)
}

/** What a comparison looks at: the values at the path and, where one is an array, its elements too. */
export const comparedAt = (doc: Doc, path: readonly string[]): unknown[] => withElements(valuesAt(doc, path))

export const withElements = (values: readonly unknown[]): unknown[] =>
  values.flatMap(value => (Array.isArray(value) ? [value, ...value] : [value]))

const known = new Map<string, readonly string[]>()

/** A dotted path in its parts. */
export function pathParts(path: string): readonly string[] {
  const parts = known.get(path) ?? path.split('.')
  if (known.size < 1_000) known.set(path, parts)
  return parts
}
