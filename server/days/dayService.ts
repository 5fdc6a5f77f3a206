import type { Reader, SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import type { Clock } from '../clock.ts'
import { Conflict, Forbidden, NotFound } from '../failures.ts'
import type { ArticleWriting } from '../knowledge/articles/articleWriting.ts'
import type { Models } from '../models.ts'
import type { Actions } from '../programme/actions.ts'
import type { Decisions } from '../programme/decisions.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { newId } from '../storage/newId.ts'
import { withFreeSlug } from '../storage/takenSlug.ts'
import type { DayContent } from './dayContent.ts'
import { type Day, readersOfDay } from './dayModel.ts'
import type { DayNews } from './dayNews.ts'
import { type DayStep, stateAfter } from './dayStates.ts'
import type { Needs } from './registrations/needs.ts'

interface Collaborators {
  articleWriting: Pick<ArticleWriting, 'narrowed'>
  dayNews: DayNews
  needs: Pick<Needs, 'moved'>
  actions: Pick<Actions, 'shareAs'>
  decisions: Pick<Decisions, 'shareAs'>
  clock: Clock
}

const mostShown = 50

export type When = 'coming' | 'past'

/** The rules of planning and reading partnership days. */
export class DayService {
  private readonly days: Models['days']
  private readonly write: IndexedWrite<Day>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'days'>, collaborators: Collaborators) {
    this.days = models.days
    this.with = collaborators
    this.write = new IndexedWrite(models.days, 'title', collaborators.clock)
  }

  /** @throws NotFound: a hidden day and a missing one look the same */
  async readable(reader: Reader, slug: string): Promise<Day> {
    const day = await this.called(reader, slug)
    if (day === undefined) throw new NotFound('There is no such day, or it is not shared with you. Search for it, or ask whoever hosts it.')
    return day
  }

  /** Undefined when there is none, or it is hidden from the reader. */
  async called(reader: Reader, slug: string): Promise<Day | undefined> {
    return (await this.days.findOne({ slug }).readableBy(reader).lean<Day>()) ?? undefined
  }

  /** Those of the ids that the reader may read. */
  among(reader: Reader, ids: readonly string[]): Promise<Day[]> {
    return this.days
      .find({ _id: { $in: [...ids] } })
      .readableBy(reader)
      .lean<Day[]>()
  }

  /** Those to come, the next first, or those that are over, the last first. */
  async list(reader: Reader, when: When, page: { from: number; size: number }): Promise<{ days: Day[]; total: number }> {
    const now = this.with.clock.now()
    const wanted = when === 'coming' ? { endsAt: { $gt: now } } : { endsAt: { $lte: now } }
    const order = when === 'coming' ? 1 : -1
    const [days, total] = await Promise.all([
      this.days.find(wanted).readableBy(reader).sort({ endsAt: order, _id: 1 }).skip(page.from).limit(page.size).lean<Day[]>(),
      this.days.countDocuments(wanted).readableBy(reader),
    ])
    return { days, total }
  }

  /** Those to come that the person registered for, the next first. */
  comingFor(person: SignedInPerson, most: number): Promise<Day[]> {
    return this.days
      .find({ 'registrations.personId': person.id, endsAt: { $gt: this.with.clock.now() }, state: 'published' })
      .readableBy(person)
      .sort({ endsAt: 1 })
      .limit(most)
      .lean<Day[]>()
  }

  /** Those that have priorities, the newest first. */
  withPriorities(reader: Reader): Promise<Day[]> {
    return this.days
      .find({ 'priorities.0': { $exists: true } })
      .readableBy(reader)
      .sort({ startsAt: -1 })
      .limit(mostShown)
      .lean<Day[]>()
  }

  /** For handovers: those to come, whoever may read them. */
  hostedBy(hostIds: readonly string[]): Promise<Day[]> {
    return this.days
      .find({ hostIds: { $in: [...hostIds] }, endsAt: { $gt: this.with.clock.now() } })
      .asSystem('what somebody hosted needs somebody new')
      .lean<Day[]>()
  }

  /** @returns whether they still hosted it */
  async giveHosting({ _id }: Pick<Day, '_id'>, hostId: string, to: string): Promise<boolean> {
    const day = await this.days.findOne({ _id, hostIds: hostId }).asSystem('a day is handed over').lean<Day>()
    if (day === null) return false
    const hostIds = [...new Set(day.hostIds.map(id => (id === hostId ? to : id)))]
    const change = { $set: { hostIds, readers: readersOfDay({ ...day, hostIds }) }, $inc: { revision: 1 } }
    const given = await this.write.update({ _id, revision: day.revision }, change)
    if (given !== null) await this.shareOutputs(given)
    return given !== null
  }

  /** @throws Forbidden when the person reads the day but may not change it */
  async editable(person: SignedInPerson, slug: string): Promise<Day> {
    const day = await this.readable(person, slug)
    if (!may(person, { verb: 'run day', record: day })) throw new Forbidden('Only its hosts and coordinators can change this day.')
    return day
  }

  /** @param previous  the day before it in its series, what that left to be done is carried over */
  async create(person: SignedInPerson, { revision: _none, ...content }: DayContent, previous?: Pick<Day, '_id'>): Promise<Day> {
    const _id = newId()
    const now = this.with.clock.now()
    const series = previous === undefined ? {} : { previousId: previous._id }
    const hostIds = [...new Set([...content.hostIds, person.id])]
    const made = { ...present(content), ...series, hostIds, organisationId: person.organisationId, state: 'draft' as const }
    const empty = { changes: [], sessions: [], registrations: [], declinedIds: [], priorities: [] }
    const complete = { _id, ...made, ...empty, readers: readersOfDay(made), revision: 1, createdAt: now, updatedAt: now }
    return withFreeSlug(`${content.title} ${content.date}`, _id, slug => this.write.create({ ...complete, slug }))
  }

  /** @throws Conflict when somebody saved in between; nothing is overwritten */
  async save(person: SignedInPerson, slug: string, { revision, ...content }: DayContent): Promise<Day> {
    const day = await this.editable(person, slug)
    const readers = readersOfDay({ ...day, ...content })
    const gone = Object.fromEntries(Object.entries(content).flatMap(([name, value]) => (value === undefined ? [[name, 1]] : [])))
    const $set = { ...present(content), readers, updatedAt: this.with.clock.now() }
    const saved = await this.write.update({ _id: day._id, revision }, { $set, $unset: gone, $inc: { revision: 1 } })
    if (saved === null) throw new Conflict('Somebody saved this day while you were changing it. Open it again, and change it as it is now.')
    if (day.readers.some(token => !readers.includes(token))) await this.with.articleWriting.narrowed('day', day._id).catch(() => undefined)
    await this.shareOutputs(saved)
    if (day.endsAt.getTime() !== saved.endsAt.getTime()) await this.with.needs.moved(saved)
    await this.with.dayNews.changed(day, saved, person.id)
    return saved
  }

  /** @throws Conflict when the day is not in the state in which the step begins */
  async take(person: SignedInPerson, slug: string, step: DayStep): Promise<Day> {
    const day = await this.editable(person, slug)
    const now = this.with.clock.now()
    const to = stateAfter(step, day.state)
    if (day.endsAt <= now) throw new Conflict('This day is over: what it was stays as it is.')
    const change = {
      $set: { state: to, readers: readersOfDay({ ...day, state: to }), updatedAt: now },
      $push: { changes: { from: day.state, to, byId: person.id, at: now } },
      $inc: { revision: 1 },
    }
    const changed = await this.write.update({ _id: day._id, state: day.state, revision: day.revision }, change)
    if (changed === null) throw new Conflict('Somebody changed this day at the same moment. Open it again.')
    await this.shareOutputs(changed)
    await this.with.dayNews.stepped(changed, person.id)
    return changed
  }

  /** What nobody was told of yet. */
  async remove(person: SignedInPerson, slug: string): Promise<void> {
    const { _id, state } = await this.editable(person, slug)
    const erased = state === 'draft' ? await this.write.erase({ _id, state: 'draft' }) : null
    if (erased === null) throw new Conflict('Only a draft can be deleted: people have been told of this day. Cancel it instead.')
    await this.with.articleWriting.narrowed('day', _id).catch(() => undefined)
  }

  /** What came of a day is read by those who read the day. */
  private async shareOutputs({ _id, readers }: Day): Promise<void> {
    await Promise.all([this.with.actions.shareAs(_id, readers), this.with.decisions.shareAs(_id, readers)])
  }
}

/** Without what is left out. */
function present({ venue, callUrl, capacity, ...always }: Omit<DayContent, 'revision'>) {
  return {
    ...always,
    ...(venue === undefined ? {} : { venue }),
    ...(callUrl === undefined ? {} : { callUrl }),
    ...(capacity === undefined ? {} : { capacity }),
  }
}
