import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Day, Registration } from '../dayModel.ts'
import { type DayNews, waitingFor, withPlace } from '../dayNews.ts'
import type { DayService } from '../dayService.ts'
import type { Needed, Needs } from './needs.ts'

interface Collaborators {
  days: Pick<DayService, 'readable'>
  dayNews: Pick<DayNews, 'moveUp'>
  needs: Needs
  clock: Clock
}

export type Standing = 'has a place' | 'waits' | 'declined' | 'not registered'

/** Where somebody stands with a day, and in which place of the waiting list. */
export function standingOf(
  day: Pick<Day, 'registrations' | 'capacity' | 'declinedIds'>,
  personId: string,
): { is: Standing; place?: number } {
  if (withPlace(day).some(registration => registration.personId === personId)) return { is: 'has a place' }
  const place = waitingFor(day).findIndex(registration => registration.personId === personId)
  if (place >= 0) return { is: 'waits', place: place + 1 }
  return { is: day.declinedIds.includes(personId) ? 'declined' : 'not registered' }
}

/**
 * Who comes to a day. The day's record holds all who registered in the order in which they came: the first of them have the places, the others
 * wait. So one write decides, nobody is ever in between, and whoever declines lets the next one move up by the same write.
 */
export class Registrations {
  private readonly days: Models['days']
  private readonly write: IndexedWrite<Day>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'days'>, collaborators: Collaborators) {
    this.days = models.days
    this.with = collaborators
    this.write = new IndexedWrite(models.days, 'title', collaborators.clock)
  }

  /** Registering twice is registering once. @throws Conflict when the day is not open for it */
  async register(person: SignedInPerson, slug: string, needed: Needed = {}): Promise<Day> {
    const day = await this.with.days.readable(person, slug)
    const now = this.with.clock.now()
    const registration: Registration = { personId: person.id, organisationId: person.organisationId, at: now }
    const open = { _id: day._id, state: 'published' as const, startsAt: { $gt: now }, 'registrations.personId': { $ne: person.id } }
    const change = { $push: { registrations: registration }, $pull: { declinedIds: person.id }, $inc: { registrationRevision: 1 } }
    const registered = (await this.write.update(open, change)) ?? (await this.with.days.readable(person, slug))
    if (standingOf(registered, person.id).is === 'not registered') throw new Conflict(closedText(registered))
    if (registered.startsAt > now) await this.with.needs.keep(registered, person.id, needed)
    return registered
  }

  /** Whoever declines gives their place to the first who waits. */
  async decline(person: SignedInPerson, slug: string): Promise<Day> {
    const before = await this.with.days.readable(person, slug)
    if (before.startsAt <= this.with.clock.now()) throw new Conflict('The day has begun: who came is what counts now.')
    const after = await this.withdraw(before, person.id, { $addToSet: { declinedIds: person.id } })
    await this.with.needs.erase(before, person.id)
    return after ?? before
  }

  /** Somebody who leaves comes to no day any more; of those that are over it stays how many came from where. */
  async forget(personId: string): Promise<void> {
    const coming = await this.days
      .find({ 'registrations.personId': personId, endsAt: { $gt: this.with.clock.now() } })
      .asSystem('somebody leaves')
      .lean<Day[]>()
    for (const day of coming) await this.withdraw(day, personId, {})
    await this.with.needs.forget(personId)
  }

  private async withdraw(before: Day, personId: string, also: object): Promise<Day | null> {
    const after = await this.write.update(
      { _id: before._id },
      { $pull: { registrations: { personId } }, $inc: { registrationRevision: 1 }, ...also },
    )
    if (after !== null && after.state === 'published') await this.with.dayNews.moveUp(before, after)
    return after
  }
}

function closedText({ state, title }: Day): string {
  if (state === 'draft') return `“${title}” is not published yet. Publish it first.`
  if (state === 'cancelled') return `“${title}” is cancelled: there is nothing to register for.`
  return `“${title}” has begun: registration is closed. Ask its hosts.`
}
