import { zone } from './dates.ts'

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hourCycle: 'h23',
  ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
})
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' })
const hourMs = 3_600_000

/** What the zone's clocks show at an instant, as if it were UTC. */
export function asThoughUtc(at: Date): number {
  const shown = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The instant at which the zone's clocks show this. */
export function inZone(shown: number): Date {
  const ahead = (at: number) => asThoughUtc(new Date(at)) - at
  const guess = shown - ahead(shown)
  return new Date(ahead(guess) === ahead(shown) ? guess : shown - ahead(guess))
}

/** "09:30", in the partnership's zone. */
export const localTime = (at: Date): string => clock.format(at)

/**
 * The instant at which the clocks of the partnership show this. Of a time that comes twice, when summer time ends, the first (as RFC 5545 has it).
 * @param date  "2026-03-29"
 * @param time  "09:30"
 * @returns undefined for a time that does not come: 01:30 when summer time begins
 */
export function instantAt(date: string, time: string): Date | undefined {
  const shown = Date.parse(`${date}T${time}:00Z`)
  const at = inZone(shown).getTime()
  return [at - hourMs, at].map(ms => new Date(ms)).find(candidate => asThoughUtc(candidate) === shown)
}
