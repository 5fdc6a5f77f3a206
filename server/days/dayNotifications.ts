import type { JobServices } from '../feature.ts'
import { longDate } from '../http/dates.ts'
import type { Notice, NotificationKind, Told } from '../notifications/notificationKind.ts'
import type { Day } from './dayModel.ts'
import { changedKind, minutesKind, placeKind, publishedKind } from './dayNews.ts'
import { timesText } from './dayTimes.ts'

type Saying = (day: Day, notice: Notice) => { words: string; subject: string; page?: string } | undefined

const dated = ({ title, startsAt }: Day) => `“${title}” on ${longDate(startsAt)}`

const published: Saying = day => ({ words: `A partnership day is planned: ${dated(day)}`, subject: 'A partnership day is planned' })

const changed: Saying = (day, { facts }) => {
  if (day.state === 'cancelled') return { words: `Cancelled: ${dated(day)}`, subject: 'A partnership day is cancelled' }
  if (facts?.what === 'moved')
    return { words: `Another time: ${dated(day)}, ${timesText(day)}`, subject: 'A partnership day is at another time' }
  if (facts?.what === 'elsewhere')
    return {
      words: `Another place: ${dated(day)}${day.venue === undefined ? '' : `, ${day.venue.name}`}`,
      subject: 'A partnership day is elsewhere',
    }
  return facts?.what === 'published'
    ? { words: `It takes place after all: ${dated(day)}`, subject: 'A partnership day takes place after all' }
    : undefined
}

const place: Saying = day => ({ words: `You have a place: ${dated(day)}`, subject: 'You have a place at a partnership day' })

const minuted: Saying = day =>
  day.minutes === undefined
    ? undefined
    : { words: `Minutes are approved: ${dated(day)}`, subject: 'Minutes of a partnership day are approved', page: '/minutes' }

/** Each says something as long as its reader may read the day. */
export function dayNotifications({ days }: Pick<JobServices, 'days'>): NotificationKind[] {
  const presenting = (say: Saying) => async (reader: Parameters<NotificationKind['present']>[0], notices: readonly Notice[]) => {
    const found = await days.among(
      reader,
      notices.map(({ subjectId }) => subjectId),
    )
    const byId = new Map(found.map(day => [day._id, day]))
    return new Map<string, Told>(
      notices.flatMap(notice => {
        const day = byId.get(notice.subjectId)
        const said = day === undefined ? undefined : say(day, notice)
        if (day === undefined || said === undefined) return []
        return [[notice._id, { words: said.words, href: `/days/${day.slug}${said.page ?? ''}`, mail: said }] as const]
      }),
    )
  }
  return [
    {
      id: publishedKind,
      title: 'An organisation that you follow plans a partnership day',
      usually: 'daily',
      present: presenting(published),
    },
    {
      ...{ id: changedKind, title: 'A day that you registered for, host or follow is moved or cancelled', usually: 'now' as const },
      ...{ onlyNewest: true as const, present: presenting(changed) },
    },
    {
      ...{ id: minutesKind, title: 'Minutes are approved of a day that you registered for, host or follow', usually: 'daily' as const },
      ...{ onlyNewest: true as const, present: presenting(minuted) },
    },
    { id: placeKind, title: 'You move up from the waiting list of a day', usually: 'now', onlyNewest: true, present: presenting(place) },
  ]
}
