import type { Models } from '../models.ts'
import type { NameDirectory } from '../search/searchType.ts'
import type { Day } from './dayModel.ts'

const asNamed = ({ _id: id, slug, title }: Pick<Day, '_id' | 'slug' | 'title'>) => ({ id, slug, label: title })

/** The days that actions and decisions come from. */
export function dayDirectory({ days }: Pick<Models, 'days'>): NameDirectory {
  return {
    field: 'day',
    title: 'Partnership day',
    bySlugs: async (slugs, reader) =>
      (
        await days
          .find({ slug: { $in: [...slugs] } })
          .readableBy(reader)
          .lean<Day[]>()
      ).map(asNamed),
    byIds: async (ids, reader) =>
      (
        await days
          .find({ _id: { $in: [...ids] } })
          .readableBy(reader)
          .lean<Day[]>()
      ).map(asNamed),
  }
}
