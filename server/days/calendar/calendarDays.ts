import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { Day } from '../dayModel.ts'

const keptMs = 366 * 86_400_000
const mostDays = 500
/** What is cancelled stays, so that calendars learn of it. */
const known: Day['state'][] = ['published', 'cancelled']
const written = [
  ...['_id', 'slug', 'title', 'purpose', 'startsAt', 'endsAt', 'venue', 'callUrl', 'state', 'sessions', 'capacity', 'registrations'],
  ...['declinedIds', 'revision', 'registrationRevision', 'createdAt', 'updatedAt'],
] as const

/** What a calendar says of a day. */
export type CalendarDay = Pick<Day, (typeof written)[number]>

/** The days of feeds: those to come, and those of the last year. */
export class CalendarDays {
  private readonly days: Models['days']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'days'>, clock: Clock) {
    this.days = models.days
    this.clock = clock
  }

  /** All that the person may read. */
  all(person: SignedInPerson): Promise<CalendarDay[]> {
    return this.list(person, {})
  }

  /** Those that the person registered for or hosts. */
  own(person: SignedInPerson): Promise<CalendarDay[]> {
    return this.list(person, { $or: [{ 'registrations.personId': person.id }, { hostIds: person.id }] })
  }

  private async list(person: SignedInPerson, whose: object): Promise<CalendarDay[]> {
    const since = new Date(this.clock.now().getTime() - keptMs)
    return this.days
      .find({ ...whose, endsAt: { $gt: since }, state: { $in: known } })
      .readableBy(person)
      .select(Object.fromEntries(written.map(field => [field, 1])))
      .sort({ endsAt: -1, _id: 1 })
      .limit(mostDays)
      .lean<CalendarDay[]>()
  }
}
