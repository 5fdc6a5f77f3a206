import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import type { Day, MinutesApproval } from '../dayModel.ts'
import type { DayNews } from '../dayNews.ts'
import type { DayService } from '../dayService.ts'
import type { MinutesVersion } from './minutesModel.ts'

interface Collaborators {
  days: Pick<DayService, 'editable' | 'readable'>
  dayNews: Pick<DayNews, 'minuted'>
  clock: Clock
}

export type ShownVersion = Pick<MinutesVersion, 'number' | 'text'> & { approval?: MinutesApproval }

/** A day that has begun has minutes. */
export const hasMinutes = ({ state, startsAt, minutes }: Pick<Day, 'state' | 'startsAt' | 'minutes'>, now: Date): boolean =>
  minutes !== undefined || (state === 'published' && startsAt <= now)

export const approvalOf = ({ minutes }: Pick<Day, 'minutes'>, number: number): MinutesApproval | undefined =>
  minutes?.approvals.find(approval => approval.number === number)

/**
 * The minutes of days. What is saved is a version of its own; the day holds the text that was approved last, so that its readers and its search
 * document have that one and no other.
 */
export class Minutes {
  private readonly versions: Models['dayMinutes']
  private readonly write: IndexedWrite<Day>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'days' | 'dayMinutes'>, collaborators: Collaborators) {
    this.versions = models.dayMinutes
    this.with = collaborators
    this.write = new IndexedWrite(models.days, 'title', collaborators.clock)
  }

  /** @throws NotFound for a day that has not begun as for one that is hidden */
  async day(person: SignedInPerson, slug: string): Promise<Day> {
    return this.begun(await this.with.days.readable(person, slug))
  }

  async editableDay(person: SignedInPerson, slug: string): Promise<Day> {
    return this.begun(await this.with.days.editable(person, slug))
  }

  /** The last one saved for those who run the day, the last one approved for all others; undefined when there is none. */
  async shownTo(person: SignedInPerson, day: Day): Promise<ShownVersion | undefined> {
    const latest = may(person, { verb: 'run day', record: day }) ? await this.latest(day) : undefined
    const { number, text } = latest ?? day.minutes ?? {}
    if (number === undefined || text === undefined) return undefined
    const approval = approvalOf(day, number)
    return { number, text, ...(approval === undefined ? {} : { approval }) }
  }

  async latest({ _id: dayId }: Pick<Day, '_id'>): Promise<MinutesVersion | undefined> {
    return (await this.versions.findOne({ dayId }).sort({ number: -1 }).lean<MinutesVersion>()) ?? undefined
  }

  /** Newest first: all for those who run the day, for others those that were approved. */
  async history(person: SignedInPerson, day: Day): Promise<MinutesVersion[]> {
    const approved = (day.minutes?.approvals ?? []).map(({ number }) => number)
    const which = may(person, { verb: 'run day', record: day }) ? {} : { number: { $in: approved } }
    return this.versions
      .find({ dayId: day._id, ...which })
      .sort({ number: -1 })
      .lean<MinutesVersion[]>()
  }

  /** @param number  of the version that was corrected, 0 for what was drawn. @throws Conflict when somebody saved in between */
  async save(person: SignedInPerson, slug: string, { text, number }: { text: string; number: number }): Promise<MinutesVersion> {
    const day = await this.editableDay(person, slug)
    if (((await this.latest(day))?.number ?? 0) !== number) throw savedMeanwhile()
    return this.keep(day._id, { number: number + 1, text, savedAt: this.with.clock.now(), savedById: person.id })
  }

  /** For imports: the version that a day is brought with. */
  async restore({ _id }: Pick<Day, '_id'>, { number, text, approvals }: NonNullable<Day['minutes']>): Promise<void> {
    await this.keep(_id, { number, text, savedAt: approvals[0]?.at ?? this.with.clock.now() })
  }

  private async keep(dayId: string, version: Omit<MinutesVersion, '_id' | 'dayId'>): Promise<MinutesVersion> {
    const kept = { _id: `${dayId} ${version.number}`, dayId, ...version }
    try {
      await this.versions.insertMany([kept], { lean: true })
    } catch (error) {
      throw isTaken(error) ? savedMeanwhile() : error
    }
    return kept
  }

  /** Whoever may not approve saves nothing either. @throws as `save` and `approve` do */
  async saveApproved(person: SignedInPerson, slug: string, corrected: { text: string; number: number }): Promise<Day> {
    refuseApproval(person, await this.editableDay(person, slug))
    const { number } = await this.save(person, slug, corrected)
    return this.approve(person, slug, number)
  }

  /** From now on the readers of the day have this text. @throws Conflict when it is not the last one any more, or approved already */
  async approve(person: SignedInPerson, slug: string, number: number): Promise<Day> {
    const day = await this.editableDay(person, slug)
    refuseApproval(person, day)
    const latest = await this.latest(day)
    if (latest === undefined || latest.number !== number)
      throw new Conflict('Somebody corrected the minutes meanwhile. Read them again, then approve them.')
    const approval: MinutesApproval = { number, byId: person.id, at: this.with.clock.now() }
    const older = { _id: day._id, $or: [{ minutes: { $exists: false } }, { 'minutes.number': { $lt: number } }] }
    const change = { $set: { 'minutes.number': number, 'minutes.text': latest.text }, $push: { 'minutes.approvals': approval } }
    const approved = await this.write.update(older, change)
    if (approved === null) throw new Conflict('These minutes are approved already.')
    await this.with.dayNews.minuted(approved, person.id)
    return approved
  }

  private begun(day: Day): Day {
    if (!hasMinutes(day, this.with.clock.now()))
      throw new NotFound('This day has no minutes: they are drawn from what it agrees, once it has begun.')
    return day
  }
}

function refuseApproval(person: SignedInPerson, day: Day): void {
  if (!may(person, { verb: 'approve minutes', record: day })) throw new Forbidden('The hosts of a day approve its minutes.')
}

const savedMeanwhile = () =>
  new Conflict('Somebody saved the minutes while you were correcting them. What they saved stands below: bring both together, then save.')
