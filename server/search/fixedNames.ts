import type { NameDirectory, NamedRecord } from './searchType.ts'

/**
 * A directory of values that the code knows: their ids stand in addresses, everybody may know of them.
 * @param isOrdered  they stand in order, the lowest first
 */
export function fixedNames(
  field: string,
  title: string,
  labels: Readonly<Record<string, string>>,
  { isOrdered = false } = {},
): NameDirectory {
  const named = (ids: readonly string[]): NamedRecord[] =>
    ids.flatMap(id => (Object.hasOwn(labels, id) ? [{ id, slug: id, label: labels[id] as string }] : []))
  const order = isOrdered ? { inOrder: named(Object.keys(labels)) } : {}
  return { field, title, ...order, bySlugs: async slugs => named(slugs), byIds: async ids => named(ids) }
}
