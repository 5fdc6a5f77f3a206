import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import { newId } from '../../storage/newId.ts'
import type { Question } from '../question/understanding.ts'
import type { SearchService } from '../searchService.ts'
import { matchesOf } from './matches.ts'
import { asksSomething, queryOf, savedQuestion } from './savedQuestion.ts'
import type { Alert, SavedSearch } from './savedSearchModel.ts'

export const mostSaved = 50

/** Without what was found before, which only the look for new matches needs. */
export type KeptSearch = Omit<SavedSearch, 'seen'>

interface Collaborators {
  search: SearchService
  notifications: Notifications
  clock: Clock
}

/** The questions that people keep. Each is its owner's alone: for everybody else there is none. */
export class SavedSearches {
  private readonly saved: Models['savedSearches']
  private readonly search: SearchService
  private readonly notifications: Notifications
  private readonly clock: Clock

  constructor({ savedSearches }: Pick<Models, 'savedSearches'>, { search, notifications, clock }: Collaborators) {
    this.saved = savedSearches
    this.search = search
    this.notifications = notifications
    this.clock = clock
  }

  /** By name. */
  async list({ id }: SignedInPerson): Promise<KeptSearch[]> {
    return this.saved.find({ personId: id }).select({ seen: 0 }).sort({ name: 1, _id: 1 }).lean<KeptSearch[]>()
  }

  /** Those with something new that their owner has not looked at. */
  async withNews({ id }: SignedInPerson): Promise<KeptSearch[]> {
    const unopened = { personId: id, 'fresh.0': { $exists: true }, openedAt: { $exists: false } }
    return this.saved.find(unopened).select({ seen: 0 }).sort({ name: 1, _id: 1 }).lean<KeptSearch[]>()
  }

  /** Those of the ids that are this person's. */
  async among({ id: personId }: SignedInPerson, ids: readonly string[]): Promise<KeptSearch[]> {
    return this.saved
      .find({ _id: { $in: [...ids] }, personId })
      .select({ seen: 0 })
      .lean<KeptSearch[]>()
  }

  /** @throws NotFound, also for somebody else's */
  async find({ id: personId }: SignedInPerson, _id: string): Promise<KeptSearch> {
    const found = await this.saved.findOne({ _id, personId }).select({ seen: 0 }).lean<KeptSearch>()
    if (found === null) throw new NotFound('There is no such saved search. It may have been removed.')
    return found
  }

  question = ({ query }: Pick<SavedSearch, 'query'>): Question => savedQuestion(query, this.search)

  /** @throws Invalid when there is nothing to ask, Conflict when there are as many as can be kept */
  async save(person: SignedInPerson, { name, alert, query: asked }: Pick<SavedSearch, 'name' | 'alert' | 'query'>): Promise<KeptSearch> {
    const question = savedQuestion(asked, this.search)
    const query = queryOf(question)
    if (query === undefined) throw new Invalid({ form: 'The question is too long to be saved. Ask it with fewer words or filters.' })
    if (!asksSomething(question)) throw new Invalid({ form: 'There is no question to save. Search for something first.' })
    if ((await this.saved.countDocuments({ personId: person.id })) >= mostSaved)
      throw new Conflict(`You have ${mostSaved} saved searches, which is the most there can be. Remove one of them first.`)
    const begun = alert === 'none' ? {} : await this.begin(person, question)
    const kept = {
      _id: newId(),
      personId: person.id,
      name,
      query,
      alert,
      createdAt: this.clock.now(),
      seen: [],
      fresh: [],
      tooMany: [],
      ...begun,
    }
    await this.saved.insertMany([kept], { lean: true })
    return kept
  }

  /** Whoever begins to be told is told of what comes from then on. @throws NotFound */
  async change(person: SignedInPerson, _id: string, { name, alert }: { name: string; alert: Alert }): Promise<void> {
    const before = await this.find(person, _id)
    const begun = alert !== 'none' && before.alert === 'none' ? await this.begin(person, this.question(before)) : {}
    const ended = alert === 'none' ? { fresh: [], seen: [] } : {}
    await this.saved.updateOne({ _id, personId: person.id }, { $set: { name, alert, ...ended, ...begun } })
  }

  /** Twice is once. */
  async remove({ id: personId }: SignedInPerson, _id: string): Promise<void> {
    await this.saved.deleteOne({ _id, personId })
  }

  /** What is new, as it was found then, has been looked at: it is no news any more, and stays on its page until there is something newer. */
  async open(person: SignedInPerson, _id: string, foundAt: Date): Promise<void> {
    await this.notifications.seeOf(person, 'new-matches', _id)
    const unopened = { _id, personId: person.id, foundAt, openedAt: { $exists: false } }
    await this.saved.updateOne(unopened, { $set: { openedAt: this.clock.now() } })
  }

  /** What there is at the beginning is not new. While the engine is away the first look that gets an answer is the beginning. */
  private async begin(person: SignedInPerson, question: Question): Promise<Partial<SavedSearch>> {
    const matches = await matchesOf(question, person, this.search)
    if (matches === undefined) return {}
    return { checkedAt: this.clock.now(), seen: matches.tokens, tooMany: matches.tooMany }
  }
}
