import type { Notifications } from '../notifications/notifications.ts'
import type { Day } from './dayModel.ts'

export const publishedKind = 'day-published'
export const changedKind = 'day-changed'
export const placeKind = 'day-place'
export const minutesKind = 'day-minutes'

/** Tells people of days: those who follow the organisation or the day, and those who registered. */
export class DayNews {
  /** Known only once everything that can be followed is. */
  followersOf: (kind: string, id: string) => Promise<string[]> = async () => []
  private readonly notifications: Notifications

  constructor(notifications: Notifications) {
    this.notifications = notifications
  }

  /** That it is published, cancelled or taken up again. */
  async stepped({ _id, state, changes, ...day }: Day, byId: string): Promise<void> {
    const isFirst = state === 'published' && changes.length === 1
    const concerned = isFirst ? await this.followersOf('organisation', day.organisationId) : await this.concernedBy({ _id, ...day })
    const [kind, what] = isFirst ? [publishedKind, 'published'] : [changedKind, state]
    const event = `${_id} ${changes.length} ${what}`
    await this.notifications.tell({ kind, event, to: [...concerned, ...day.hostIds], subjectId: _id, byId, facts: { what } })
  }

  /** That it is at another time or place; nothing else of a day is worth a message. */
  async changed(before: Day, after: Day, byId: string): Promise<void> {
    if (after.state !== 'published') return
    await this.moveUp(before, after)
    const what = wordsOfChange(before, after)
    if (what === undefined) return
    const event = `${after._id} revision ${after.revision}`
    await this.notifications.tell({
      kind: changedKind,
      event,
      to: await this.concernedBy(after),
      subjectId: after._id,
      byId,
      facts: { what },
    })
  }

  /** That its minutes are approved, for the first time or once more. */
  async minuted(day: Day, byId: string): Promise<void> {
    const event = `${day._id} minutes ${day.minutes?.number}`
    await this.notifications.tell({ kind: minutesKind, event, to: await this.concernedBy(day), subjectId: day._id, byId })
  }

  /** Those who have a place now and had none. Safe to repeat: each is told once for each time that they registered. */
  async moveUp(before: Pick<Day, 'registrations' | 'capacity'>, after: Day): Promise<void> {
    const had = new Set(withPlace(before).map(({ personId }) => personId))
    for (const { personId, at } of withPlace(after)) {
      if (had.has(personId)) continue
      const event = `${after._id} ${personId} ${at.toISOString()}`
      await this.notifications.tell({ kind: placeKind, event, to: [personId], subjectId: after._id })
    }
  }

  private async concernedBy({ _id, registrations, hostIds }: Pick<Day, '_id' | 'registrations' | 'hostIds'>): Promise<string[]> {
    return [...registrations.map(({ personId }) => personId), ...(await this.followersOf('day', _id)), ...hostIds]
  }
}

/** Those who come: the first of those who registered. */
export const withPlace = ({ registrations, capacity }: Pick<Day, 'registrations' | 'capacity'>) => registrations.slice(0, capacity)

export const waitingFor = ({ registrations, capacity }: Pick<Day, 'registrations' | 'capacity'>) =>
  capacity === undefined ? [] : registrations.slice(capacity)

function wordsOfChange(before: Day, after: Day): string | undefined {
  const isMoved = before.startsAt.getTime() !== after.startsAt.getTime() || before.endsAt.getTime() !== after.endsAt.getTime()
  const isElsewhere = JSON.stringify([before.venue ?? {}, before.callUrl]) !== JSON.stringify([after.venue ?? {}, after.callUrl])
  return isMoved ? 'moved' : isElsewhere ? 'elsewhere' : undefined
}
