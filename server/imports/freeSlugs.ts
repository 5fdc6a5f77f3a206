import type { GuardedModel } from '../storage/guardedReads.ts'
import type { SearchableRecord } from '../storage/searchable.ts'
import { slugOf, slugWithId } from '../storage/slugs.ts'

/** Gives each new record an address of its own, with one look for the whole batch. */
export async function freeSlugs<R extends SearchableRecord>(
  model: GuardedModel<R>,
  /** `slug` is what it is to be, where that is free. */
  titles: readonly { id: string; title: string; slug?: string }[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(titles.map(({ title, slug }) => wantedSlug(title, slug)))]
  const filter = { slug: { $in: wanted } } as object
  const found = await model.find(filter).asSystem('an address is given once').select({ slug: 1 }).lean<{ slug: string }[]>()
  const taken = new Set(found.map(record => record.slug))
  return new Map(
    titles.map(({ id, title, slug }) => {
      const wanted = wantedSlug(title, slug)
      const free = taken.has(wanted) ? slugWithId(title, id) : wanted
      taken.add(free)
      return [id, free]
    }),
  )
}

const wantedSlug = (title: string, slug = '') => slugOf(slug === '' ? title : slug)
