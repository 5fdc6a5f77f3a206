import type { GuardedModel } from '../storage/guardedReads.ts'
import type { SearchableRecord } from '../storage/searchable.ts'
import { slugOf, slugWithId } from '../storage/slugs.ts'

/** Gives each new record an address of its own, with one look for the whole batch. */
export async function freeSlugs<R extends SearchableRecord>(
  model: GuardedModel<R>,
  titles: readonly { id: string; title: string }[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(titles.map(({ title }) => slugOf(title)))]
  const filter = { slug: { $in: wanted } } as object
  const found = await model.find(filter).asSystem('an address is given once').select({ slug: 1 }).lean<{ slug: string }[]>()
  const taken = new Set(found.map(record => record.slug))
  return new Map(
    titles.map(({ id, title }) => {
      const slug = taken.has(slugOf(title)) ? slugWithId(title, id) : slugOf(title)
      taken.add(slug)
      return [id, slug]
    }),
  )
}
