import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { Action, Decision } from '../../programme/actionModel.ts'
import type { Actions } from '../../programme/actions.ts'
import type { Decisions } from '../../programme/decisions.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import type { Day } from '../dayModel.ts'
import { withPlace } from '../dayNews.ts'
import type { DayService } from '../dayService.ts'

interface Collaborators {
  days: Pick<DayService, 'editable' | 'readable' | 'among'>
  actions: Actions
  decisions: Decisions
  clock: Clock
}

const mostPriorities = 30
const longestSeries = 20

/** What a day agrees: priorities stay with it, decisions and actions live on in the programme. */
export class Outputs {
  private readonly write: IndexedWrite<Day>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'days'>, collaborators: Collaborators) {
    this.with = collaborators
    this.write = new IndexedWrite(models.days, 'title', collaborators.clock)
  }

  /** @throws Conflict once the vote on them is open */
  async addPriority(person: SignedInPerson, slug: string, text: string): Promise<Day> {
    const day = await this.with.days.editable(person, slug)
    if (day.priorities.length >= mostPriorities) throw new Invalid({ priority: `A day has at most ${mostPriorities} priorities` })
    const added = await this.write.update(
      { _id: day._id, vote: { $exists: false } },
      { $push: { priorities: { id: newId(), text } }, $set: { updatedAt: this.with.clock.now() } },
    )
    if (added === null) throw new Conflict('The vote on the priorities has begun, so there are no more.')
    return added
  }

  /** Agreed by the organisations that are there. */
  async addDecision(person: SignedInPerson, slug: string, said: Pick<Decision, 'title' | 'why'> & { reviewOn: string | undefined }) {
    const day = await this.with.days.editable(person, slug)
    const agreedByIds = [...new Set(withPlace(day).map(({ organisationId }) => organisationId))]
    return this.with.decisions.add({ ...said, agreedByIds, source: { dayId: day._id }, readers: day.readers })
  }

  async addAction(
    person: SignedInPerson,
    slug: string,
    said: Pick<Action, 'title'> & {
      due: string | undefined
      owner: { id: string; organisationId: string } | undefined
      priorityId: string | undefined
    },
  ): Promise<Action> {
    const day = await this.with.days.editable(person, slug)
    const { title, due, owner } = said
    const priority = day.priorities.find(({ id }) => id === said.priorityId)
    const source = { dayId: day._id, ...(priority === undefined ? {} : { priorityId: priority.id }) }
    const organisationId = owner?.organisationId ?? day.organisationId
    return this.with.actions.add({ title, due, ownerId: owner?.id, organisationId, source, readers: day.readers })
  }

  /** What the earlier days of its series left to be done, with the days. */
  async carriedOver(person: SignedInPerson, day: Day): Promise<{ day: Day; actions: Action[] }[]> {
    const carried: { day: Day; actions: Action[] }[] = []
    let previousId = day.previousId
    for (let steps = 0; previousId !== undefined && steps < longestSeries; steps++) {
      const [earlier] = await this.with.days.among(person, [previousId])
      if (earlier === undefined) break
      const actions = await this.with.actions.list(person, { dayId: earlier._id })
      if (actions.length > 0) carried.push({ day: earlier, actions })
      previousId = earlier.previousId
    }
    return carried
  }
}
