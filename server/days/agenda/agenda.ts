import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import type { Day, Session } from '../dayModel.ts'
import type { DayService } from '../dayService.ts'
import { timesText } from '../dayTimes.ts'

const mostTries = 5
const mostSessions = 100

/** The sessions of a day: each inside its times, and nobody speaks in two rooms at once. */
export class Agenda {
  private readonly write: IndexedWrite<Day>
  private readonly days: Pick<DayService, 'editable'>

  constructor(models: Pick<Models, 'days'>, { days, clock }: { days: Pick<DayService, 'editable'>; clock: Clock }) {
    this.days = days
    this.write = new IndexedWrite(models.days, 'title', clock)
  }

  /** @throws Invalid naming the field when its times or speakers do not fit the day */
  async add(person: SignedInPerson, slug: string, session: Omit<Session, 'id'>): Promise<Day> {
    return this.change(person, slug, day => {
      if (day.sessions.length >= mostSessions) throw new Invalid({ form: `A day has at most ${mostSessions} sessions` })
      return [...day.sessions, fitting(day, { ...session, id: newId() })]
    })
  }

  async replace(person: SignedInPerson, slug: string, session: Session): Promise<Day> {
    return this.change(person, slug, day => {
      sessionOf(day, session.id)
      return day.sessions.map(one => (one.id === session.id ? fitting(day, session) : one))
    })
  }

  async remove(person: SignedInPerson, slug: string, id: string): Promise<Day> {
    return this.change(person, slug, day => day.sessions.filter(session => session.id !== id))
  }

  /** Of two who change the agenda at once the second looks at what the first made of it. */
  private async change(person: SignedInPerson, slug: string, changed: (day: Day) => Session[]): Promise<Day> {
    for (let tries = 0; tries < mostTries; tries++) {
      const day = await this.days.editable(person, slug)
      const sessions = changed(day).sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
      const saved = await this.write.update({ _id: day._id, revision: day.revision }, { $set: { sessions }, $inc: { revision: 1 } })
      if (saved !== null) return saved
    }
    throw new Conflict('Several people change this day at once. Try again.')
  }
}

/** @throws NotFound */
export function sessionOf({ sessions }: Pick<Day, 'sessions'>, id: string): Session {
  const session = sessions.find(one => one.id === id)
  if (session === undefined) throw new NotFound('There is no such session of this day any more.')
  return session
}

function fitting(day: Day, session: Session): Session {
  if (session.start < day.start) throw new Invalid({ start: `The day goes from ${timesText(day)}` })
  if (session.end > day.end) throw new Invalid({ end: `The day goes from ${timesText(day)}` })
  const clash = day.sessions.find(
    one => one.id !== session.id && overlap(one, session) && one.speakerIds.some(id => session.speakerIds.includes(id)),
  )
  if (clash !== undefined)
    throw new Invalid({ speakers: `Somebody of these speaks in “${clash.title}” from ${timesText(clash)}: nobody is in two rooms at once` })
  return session
}

const overlap = (a: Session, b: Session) => a.start < b.end && b.start < a.end
