import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Day, Priority } from '../dayModel.ts'
import { withPlace } from '../dayNews.ts'
import type { DayService } from '../dayService.ts'
import type { Ballot } from './ballotModel.ts'

interface Collaborators {
  days: Pick<DayService, 'readable' | 'editable'>
  clock: Clock
}

export const mostDots = 20

/** Who votes on the priorities of a day: those who have a place, and its hosts. */
export const mayVote = (person: Pick<SignedInPerson, 'id'>, day: Pick<Day, 'registrations' | 'capacity' | 'hostIds'>): boolean =>
  day.hostIds.includes(person.id) || withPlace(day).some(({ personId }) => personId === person.id)

/** Dot voting: each has so many dots, and nobody sees how it stands before it is closed. */
export class Votes {
  private readonly ballots: Models['ballots']
  private readonly write: IndexedWrite<Day>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'ballots' | 'days'>, collaborators: Collaborators) {
    this.ballots = models.ballots
    this.with = collaborators
    this.write = new IndexedWrite(models.days, 'title', collaborators.clock)
  }

  /** @throws Conflict when there is nothing to vote on, or it has been voted */
  async open(person: SignedInPerson, slug: string, dots: number): Promise<Day> {
    const day = await this.with.days.editable(person, slug)
    const ready = { _id: day._id, vote: { $exists: false }, 'priorities.1': { $exists: true } }
    const opened = await this.write.update(ready, { $set: { vote: { dots, state: 'open' as const } } })
    if (opened === null) throw new Conflict('A vote needs at least two priorities, and there is one vote for each day.')
    return opened
  }

  /** Voting again changes the vote. @throws Invalid for a dot too many, Conflict after the close */
  async vote(person: SignedInPerson, slug: string, given: ReadonlyMap<string, number>): Promise<Day> {
    const day = await this.with.days.readable(person, slug)
    if (!mayVote(person, day)) throw new Forbidden('Those who have a place at this day vote. Register first.')
    if (day.vote?.state !== 'open') throw new Conflict('The vote is closed. What was voted before counts.')
    const dots = day.priorities.flatMap(({ id: priorityId }) => {
      const count = given.get(priorityId) ?? 0
      return count === 0 ? [] : [{ priorityId, count }]
    })
    const total = dots.reduce((sum, { count }) => sum + count, 0)
    if (total > day.vote.dots)
      throw new Invalid({ form: `You gave ${total} dots, and each has ${day.vote.dots}: take ${total - day.vote.dots} away` })
    const _id = `${day._id} ${person.id}`
    const ballot: Ballot = { _id, dayId: day._id, personId: person.id, organisationId: person.organisationId, dots }
    await this.ballots.replaceOne({ _id }, ballot, { upsert: true })
    return day
  }

  /** Nobody votes any more; then it is counted. Safe to repeat: it is counted again. */
  async close(person: SignedInPerson, slug: string): Promise<Day> {
    const { _id } = await this.with.days.editable(person, slug)
    const closed = await this.write.update({ _id, vote: { $exists: true } }, { $set: { 'vote.state': 'closed' } })
    if (closed === null) throw new Conflict('There is no vote to close.')
    const ballots = await this.ballots.find({ dayId: _id }).lean<Ballot[]>()
    const priorities = closed.priorities.map(priority => counted(priority, ballots))
    return (await this.write.update({ _id }, { $set: { priorities } })) ?? closed
  }

  async ballotOf({ _id }: Pick<Day, '_id'>, personId: string): Promise<Ballot | undefined> {
    return (await this.ballots.findById(`${_id} ${personId}`).lean<Ballot>()) ?? undefined
  }

  /** How many have voted, which says nothing of what. */
  async turnout({ _id }: Pick<Day, '_id'>): Promise<number> {
    return this.ballots.countDocuments({ dayId: _id })
  }

  /** What was counted stays; how somebody voted goes with them. */
  async forget(personId: string): Promise<void> {
    await this.ballots.deleteMany({ personId })
  }
}

function counted(priority: Priority, ballots: readonly Ballot[]): Priority {
  const sums = new Map<string, number>()
  for (const { organisationId, dots } of ballots)
    for (const { priorityId, count } of dots)
      if (priorityId === priority.id) sums.set(organisationId, (sums.get(organisationId) ?? 0) + count)
  const byOrganisation = [...sums].map(([organisationId, dots]) => ({ organisationId, dots }))
  return { ...priority, dots: byOrganisation.reduce((sum, { dots }) => sum + dots, 0), byOrganisation }
}
