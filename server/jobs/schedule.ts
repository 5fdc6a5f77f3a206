import { asThoughUtc, inZone } from '../http/zonedTime.ts'

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
