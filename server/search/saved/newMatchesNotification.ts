import type { JobServices } from '../../feature.ts'
import type { NotificationKind } from '../../notifications/notificationKind.ts'
import { stillThere } from './matches.ts'
import { newCount, pageOf } from './savedSearchPresenter.ts'

/** How much of what was new is there, and for this reader, is counted each time. */
export const newMatchesNotification = ({ savedSearches, search }: JobServices): NotificationKind => ({
  id: 'new-matches',
  title: 'A search that you saved finds something new',
  usually: 'daily',
  onlyNewest: true,
  async present(reader, notices) {
    const saved = await savedSearches.among(
      reader,
      notices.map(({ subjectId }) => subjectId),
    )
    const there = await stillThere([...new Set(saved.flatMap(({ fresh }) => fresh))], reader, search.types)
    const byId = new Map(saved.map(one => [one._id, one]))
    return new Map(
      notices.flatMap(({ _id, subjectId }) => {
        const one = byId.get(subjectId)
        const count = one === undefined ? 0 : newCount(one, there)
        if (one === undefined || count === 0) return []
        const words = `${count.toLocaleString('en-GB')} new in your saved search “${one.name}”`
        return [[_id, { words, href: pageOf(one), mail: { subject: 'Something new in a search that you saved', words } }] as const]
      }),
    )
  },
})
