import type { NameDirectory, NamedRecord } from './searchType.ts'

/** A directory of values that the code knows: their ids stand in addresses, everybody may know of them. */
export function fixedNames(field: string, title: string, labels: Readonly<Record<string, string>>): NameDirectory {
  const named = (ids: readonly string[]): NamedRecord[] =>
    ids.flatMap(id => (Object.hasOwn(labels, id) ? [{ id, slug: id, label: labels[id] as string }] : []))
  return { field, title, bySlugs: async slugs => named(slugs), byIds: async ids => named(ids) }
}
