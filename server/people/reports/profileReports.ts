import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import { newId } from '../../storage/newId.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import type { Leavers } from '../leavers.ts'
import type { Person } from '../personModel.ts'
import type { PersonService } from '../personService.ts'
import type { ProfileReport } from './profileReportModel.ts'
import type { ReportForm, SettleForm } from './reportForms.ts'

const mostInADay = 20
const dayMs = 86_400_000
const mostSettled = 200

interface Collaborators {
  people: PersonService
  leavers: Leavers
  notifications: Notifications
  clock: Clock
}

export interface KeptReport {
  report: ProfileReport
  person: Person
}

/** Reports of wrong profiles, and of those who have left: made by anybody, read and settled by whoever keeps the account of the person now. */
export class ProfileReports {
  private readonly reports: Models['profileReports']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'profileReports'>, collaborators: Collaborators) {
    this.reports = models.profileReports
    this.with = collaborators
  }

  /** @throws NotFound as for a profile that is hidden, Forbidden for one's own */
  async reportable(reporter: SignedInPerson, slug: string): Promise<Person> {
    const person = await this.with.people.bySlug(reporter, slug)
    if (person._id === reporter.id) throw new Forbidden('This is your own profile: change it yourself.')
    return person
  }

  /** The report of this person that still waits. */
  async openOf({ id }: Pick<SignedInPerson, 'id'>, { _id }: Pick<Person, '_id'>): Promise<ProfileReport | undefined> {
    return (await this.reports.findOne({ openKey: keyOf(id, _id) }).lean<ProfileReport>()) ?? undefined
  }

  /** Sent twice, it is kept once. @throws NotFound, Forbidden, Conflict when another one of theirs waits, or they made too many */
  async report(reporter: SignedInPerson, slug: string, { matter, words }: ReportForm): Promise<Person> {
    const person = await this.reportable(reporter, slug)
    const createdAt = this.with.clock.now()
    const about = { personId: person._id, reporterId: reporter.id, openKey: keyOf(reporter.id, person._id) }
    const waiting = await this.openOf(reporter, person)
    const _id = waiting?._id ?? newId()
    if (waiting === undefined) await this.refuseMany(reporter)
    try {
      await this.reports.insertMany([{ _id, ...about, matter, words, createdAt, state: 'open' }], { lean: true })
    } catch (error) {
      if (!isTaken(error)) throw error
      const kept = await this.openOf(reporter, person)
      if (kept?.matter !== matter || kept.words !== words)
        throw new Conflict('You reported this profile already, and the administrators have not answered yet. This was not sent.')
    }
    await this.tellKeepers(reporter, person, _id)
    return person
  }

  /** Those that wait, the oldest first. */
  async open(administrator: SignedInPerson): Promise<KeptReport[]> {
    return this.kept(administrator, await this.reports.find({ state: 'open' }).sort({ createdAt: 1, _id: 1 }).lean<ProfileReport[]>())
  }

  /** Of the last ones that were settled, the newest first. */
  async settled(administrator: SignedInPerson): Promise<KeptReport[]> {
    const last = this.reports.find({ state: { $in: ['handled', 'nothing'] } }).sort({ settledAt: -1, _id: 1 })
    return this.kept(administrator, await last.limit(mostSettled).lean<ProfileReport[]>())
  }

  /** Those of the ids that this administrator reads. */
  async among(administrator: SignedInPerson, ids: readonly string[]): Promise<KeptReport[]> {
    return this.kept(administrator, await this.reports.find({ _id: { $in: [...ids] } }).lean<ProfileReport[]>())
  }

  /** @throws NotFound, also for a report of somebody whose account this administrator does not keep */
  async find(administrator: SignedInPerson, id: string): Promise<KeptReport> {
    const report = await this.reports.findOne({ _id: id }).lean<ProfileReport>()
    const [found] = report === null ? [] : await this.kept(administrator, [report])
    if (found === undefined) throw new NotFound('There is no such report. Look at the list of those that are open.')
    return found
  }

  /** @throws NotFound, Conflict when somebody else settled it in another way */
  async settle(administrator: SignedInPerson, id: string, { outcome, note }: SettleForm): Promise<KeptReport> {
    const { person } = await this.find(administrator, id)
    const settled = { state: outcome, note, settledAt: this.with.clock.now(), settledById: administrator.id }
    const { matchedCount } = await this.reports.updateOne({ _id: id, state: 'open' }, { $set: settled, $unset: { openKey: 1 } })
    const { report } = await this.find(administrator, id)
    const isThis = report.state === outcome && report.note === note && report.settledById === administrator.id
    if (matchedCount === 0 && !isThis)
      throw new Conflict('Somebody answered this report while you looked at it. What they did is shown here.')
    return { report, person }
  }

  /** As far as this administrator keeps the accounts of those whom they are of; that changes with organisations and roles, so it is asked each time. */
  private async kept(administrator: SignedInPerson, reports: readonly ProfileReport[]): Promise<KeptReport[]> {
    const ids = [...new Set(reports.map(({ personId }) => personId))]
    if (ids.length === 0) return []
    const [here, left] = await Promise.all([this.with.people.named({ ids }, administrator), this.with.leavers.among(ids)])
    const people = new Map([...here, ...left].map(person => [person._id, person]))
    return reports.flatMap(report => {
      const person = people.get(report.personId)
      return person !== undefined && may(administrator, { verb: 'suspend', record: person }) ? [{ report, person }] : []
    })
  }

  private async tellKeepers({ id: byId }: SignedInPerson, person: Person, reportId: string): Promise<void> {
    const to = (await this.with.people.accountKeepers(person)).filter(id => id !== person._id)
    await this.with.notifications.tell({ kind: 'profile-reported', event: reportId, to, subjectId: reportId, byId })
  }

  private async refuseMany({ id }: SignedInPerson): Promise<void> {
    const dayAgo = new Date(this.with.clock.now().getTime() - dayMs)
    if ((await this.reports.countDocuments({ reporterId: id, createdAt: { $gte: dayAgo } })) >= mostInADay)
      throw new Conflict(`You reported ${mostInADay} profiles within a day, which is the most there can be. Report this one tomorrow.`)
  }
}

const keyOf = (reporterId: string, personId: string) => `${reporterId}:${personId}`
