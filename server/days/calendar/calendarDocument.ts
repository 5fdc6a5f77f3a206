import ical, { type ICalEventData, ICalEventStatus } from 'ical-generator'
import { markdownToText } from '../../documents/markdown.ts'
import { timesText } from '../dayTimes.ts'
import { standingOf } from '../registrations/registrations.ts'
import type { CalendarDay } from './calendarDays.ts'

interface Asked {
  /** What calendar programs call it. */
  name: string
  /** Where the pages are, without a slash at the end. */
  site: string
  /** Who reads it: what stands in it of their own place is theirs. */
  personId: string
}

const askedAgainSeconds = 3_600
/** RFC 5545 has no way to write these. */
const impossible = /[^\t\n\r\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const plain = (text: string): string => text.toWellFormed().replace(/\r\n?/g, '\n').replace(impossible, '')
/** The library writes the name as it is. */
const escaped = (name: string): string =>
  plain(name)
    .replace(/\s+/g, ' ')
    .replace(/[\\;,]/g, sign => `\\${sign}`)

/**
 * Days as an iCalendar stream (RFC 5545). Times are instants in UTC, which every calendar shows in its own zone, whatever its clocks do between; a
 * day that is changed keeps its UID and gets a higher SEQUENCE, also when people register or decline: it may be confirmed for others then.
 */
export function calendarDocument(days: readonly CalendarDay[], asked: Asked): string {
  const calendar = ical({
    name: escaped(asked.name),
    prodId: { company: 'Skillpool', product: 'Partnership days', language: 'EN' },
    ttl: askedAgainSeconds,
  })
  for (const day of days) calendar.createEvent(eventOf(day, asked))
  return `${calendar.toString()}\r\n`
}

function eventOf(day: CalendarDay, { site, personId }: Asked): ICalEventData {
  const isWaiting = standingOf(day, personId).is === 'waits'
  const url = `${site}/days/${encodeURIComponent(day.slug)}`
  const place = day.venue?.name ?? day.callUrl
  return {
    id: `${day._id}@days.skillpool`,
    sequence: day.revision + (day.registrationRevision ?? 0),
    ...{ start: day.startsAt, end: day.endsAt, stamp: day.updatedAt, created: day.createdAt, lastModified: day.updatedAt },
    summary: plain(day.title),
    description: plain(descriptionOf(day, { isWaiting, url })),
    ...(place === undefined ? {} : { location: plain(place) }),
    url,
    status: statusOf(day, isWaiting),
  }
}

function statusOf({ state }: CalendarDay, isWaiting: boolean): ICalEventStatus {
  if (state === 'cancelled') return ICalEventStatus.CANCELLED
  return state === 'draft' || isWaiting ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED
}

function descriptionOf(day: CalendarDay, { isWaiting, url }: { isWaiting: boolean; url: string }): string {
  const agenda = day.sessions.map(session => `${timesText(session)} ${[session.title, session.track].filter(Boolean).join(', ')}`)
  const parts = [
    day.state === 'cancelled' ? 'This day is cancelled.' : day.state === 'draft' ? 'This day is not published yet.' : '',
    isWaiting ? 'You are on the waiting list.' : '',
    markdownToText(day.purpose ?? '').trim(),
    agenda.join('\n'),
    day.venue?.access ?? '',
    day.callUrl === undefined ? '' : `Call: ${day.callUrl}`,
    url,
  ]
  return parts.filter(part => part !== '').join('\n\n')
}
