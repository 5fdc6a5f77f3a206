import { dateAndTime } from '../http/dates.ts'
import type { ShownNotification } from './notifications.ts'

/** Everything that views/notifications/list prints. @param shown  one more than the page has room for, when there is one */
export function presentNotifications(shown: readonly ShownNotification[], { size, isFirst }: { size: number; isFirst: boolean }) {
  const onPage = shown.slice(0, size)
  const last = onPage.at(-1)?.notification._id
  return {
    title: 'Notifications',
    isFirst,
    hasUnread: onPage.some(({ notification }) => notification.unseen),
    rows: onPage.map(({ words, notification: { _id, at, unseen } }) => ({
      words,
      at: dateAndTime(at),
      isUnread: unseen === true,
      action: `/notifications/${_id}/open`,
    })),
    ...(shown.length > size && last !== undefined ? { olderHref: `/notifications?before=${last}` } : {}),
  }
}
