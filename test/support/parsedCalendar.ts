import ICAL from 'ical.js'

export interface ParsedEvent {
  uid: string
  sequence: number
  status: string
  summary: string
  description: string
  location: string
  url: string
  starts: Date
  ends: Date
}

export interface ParsedCalendar {
  /** As it is written: the parser knows nothing of RFC 7986. */
  name: string
  events: ParsedEvent[]
  /** What RFC 5545 asks for and is not there. */
  faults: string[]
}

const once = ['uid', 'dtstamp', 'dtstart', 'dtend', 'sequence', 'status', 'summary', 'url', 'last-modified', 'created']
const longestLine = 75

/** What a parser of another library makes of it: what it cannot read throws. */
export function parsedCalendar(text: string): ParsedCalendar {
  const calendar = ICAL.Component.fromString(text)
  const events = calendar.getAllSubcomponents('vevent')
  return {
    name: String(calendar.getFirstPropertyValue('name')),
    events: events.map(parsedEvent),
    faults: [...faultsOfLines(text), ...faultsOfCalendar(calendar), ...events.flatMap(faultsOfEvent)],
  }
}

function parsedEvent(component: ICAL.Component): ParsedEvent {
  const event = new ICAL.Event(component)
  const said = (name: string) => String(component.getFirstPropertyValue(name))
  return {
    ...{ uid: event.uid, sequence: event.sequence, summary: event.summary, description: event.description, location: event.location },
    ...{ status: said('status'), url: said('url') },
    ...{ starts: event.startDate.toJSDate(), ends: event.endDate.toJSDate() },
  }
}

function faultsOfLines(text: string): string[] {
  const lines = text.split('\r\n')
  return [
    ...(lines.at(-1) === '' ? [] : ['it does not end with a line end']),
    ...(text.replaceAll('\r\n', '').match(/[\r\n]/) === null ? [] : ['a bare line end']),
    ...lines.filter(line => Buffer.byteLength(line) > longestLine).map(line => `a line of ${Buffer.byteLength(line)} octets`),
  ]
}

function faultsOfCalendar(calendar: ICAL.Component): string[] {
  const uids = calendar.getAllSubcomponents('vevent').map(event => event.getFirstPropertyValue('uid'))
  return [
    ...(calendar.name === 'vcalendar' && calendar.getFirstPropertyValue('version') === '2.0' ? [] : ['no calendar of version 2.0']),
    ...(calendar.getAllProperties('prodid').length === 1 ? [] : ['no product']),
    ...(new Set(uids).size === uids.length ? [] : ['a UID twice']),
  ]
}

function faultsOfEvent(event: ICAL.Component): string[] {
  const times = ['dtstart', 'dtend'].map(name => event.getFirstPropertyValue(name) as ICAL.Time)
  return [
    ...once.filter(name => event.getAllProperties(name).length !== 1),
    ...times.filter(time => time?.zone !== ICAL.Timezone.utcTimezone).map(() => 'a time that is no instant'),
  ]
}
