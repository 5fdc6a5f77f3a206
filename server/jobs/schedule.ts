import { zone } from '../http/dates.ts'

/** How often a job is due. A time of day is one of the partnership's zone: "02:15". Between 01:00 and 02:00 a clock change can move it by an hour. */
export type Schedule = { everyMinutes: number } | { dailyAt: string }

const dayMs = 86_400_000

/** The first time after `after`. Every process comes to the same one, whenever it started. */
export function nextTime(schedule: Schedule, after: Date): Date {
  if ('everyMinutes' in schedule) {
    const everyMs = schedule.everyMinutes * 60_000
    return new Date((Math.floor(after.getTime() / everyMs) + 1) * everyMs)
  }
  const [hours = 0, minutes = 0] = schedule.dailyAt.split(':').map(Number)
  const midnight = Math.floor(asThoughUtc(after) / dayMs) * dayMs
  for (let days = 0; ; days++) {
    const at = inZone(midnight + days * dayMs + (hours * 60 + minutes) * 60_000)
    if (at > after) return at
  }
}

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hourCycle: 'h23',
  ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
})

/** What the zone's clocks show at an instant, as if it were UTC. */
function asThoughUtc(at: Date): number {
  const shown = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** The instant at which the zone's clocks show this. */
function inZone(shown: number): Date {
  const ahead = (at: number) => asThoughUtc(new Date(at)) - at
  const guess = shown - ahead(shown)
  return new Date(ahead(guess) === ahead(shown) ? guess : shown - ahead(guess))
}
