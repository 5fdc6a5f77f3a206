import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { Forbidden, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { DeclaredSkill } from '../../people/personModel.ts'
import { levels } from '../../skills/levels.ts'
import type { AskedSkill, HelpRequest } from './requestModel.ts'
import { openStates, type RequestState, type RequestType } from './requestStates.ts'

/** What a report needs to know of a request. */
const reported = {
  ...{ slug: 1, title: 1, askerId: 1, organisationId: 1, skills: 1, state: 1, changes: 1 },
  ...{ firstAnswerAt: 1, outcome: 1, askedAt: 1, createdAt: 1 },
} as const
export type ReportedRequest = Pick<HelpRequest, keyof typeof reported | '_id'>

export interface RequestFilter {
  states?: readonly RequestState[]
  type?: RequestType
  /** Asked by them, or helped with. */
  ofPersonId?: string
  skillIds?: readonly string[]
  /** Those of others. */
  notOfId?: string
}

const mostInvited = 50
const mostOfDay = 200
const mostFitting = 200
const mostSolved = 500
const mostReported = 20_000
const reportedAtOnce = 1_000

/** What of the requests for help somebody may read, and which of these are theirs to change. */
export class RequestService {
  private readonly requests: Models['requests']

  constructor({ requests }: Pick<Models, 'requests'>) {
    this.requests = requests
  }

  /** @throws NotFound: a hidden request and a missing one look the same */
  async readable(reader: Reader, slug: string): Promise<HelpRequest> {
    const request = await this.requests.findOne({ slug }).readableBy(reader).lean<HelpRequest>()
    if (request === null)
      throw new NotFound('There is no such request, or it is not shared with you. Search for it, or look at all requests.')
    return request
  }

  /** Those of the ids that the reader may read. */
  async among(reader: Reader, ids: readonly string[]): Promise<HelpRequest[]> {
    return this.requests
      .find({ _id: { $in: [...new Set(ids)] } })
      .readableBy(reader)
      .lean<HelpRequest[]>()
  }

  /** Those that came up on a partnership day, the first asked first. */
  async ofDay(reader: Reader, dayId: string): Promise<HelpRequest[]> {
    return this.requests
      .find({ dayId, deletedAt: { $exists: false } })
      .readableBy(reader)
      .sort({ createdAt: 1, _id: 1 })
      .limit(mostOfDay)
      .lean<HelpRequest[]>()
  }

  /** Those changed last come first. */
  async list(
    reader: Reader,
    filter: RequestFilter,
    page: { from: number; size: number },
  ): Promise<{ requests: HelpRequest[]; total: number }> {
    const wanted = filterOf(filter)
    const [requests, total] = await Promise.all([
      this.requests.find(wanted).readableBy(reader).sort({ updatedAt: -1, _id: 1 }).skip(page.from).limit(page.size).lean<HelpRequest[]>(),
      this.requests.countDocuments(wanted).readableBy(reader),
    ])
    return { requests, total }
  }

  /** Solved ones that name one of the skills and speak for somebody, the newest first. */
  async solvedWith(reader: Reader, skillIds: readonly string[]): Promise<HelpRequest[]> {
    const solved = {
      state: 'done' as const,
      'outcome.isSolved': true,
      'skills.skillId': { $in: [...skillIds] },
      'contributorIds.0': { $exists: true },
    }
    return this.requests.find(solved).readableBy(reader).sort({ updatedAt: -1 }).limit(mostSolved).lean<HelpRequest[]>()
  }

  /** First asked within a time, the newest first: for reports, so with what they need alone. */
  async askedWithin(reader: Reader, { since, before }: { since: Date; before: Date }): Promise<ReportedRequest[]> {
    return this.requests
      .find({ createdAt: { $gte: since, $lt: before }, deletedAt: { $exists: false } })
      .readableBy(reader)
      .sort({ createdAt: -1 })
      .limit(mostReported)
      .select(reported)
      .batchSize(reportedAtOnce)
      .lean<ReportedRequest[]>()
  }

  /** Those that wait for this person to say whether they help, the longest first. */
  async invitedTo(person: SignedInPerson): Promise<HelpRequest[]> {
    const asked = { state: 'asked' as const, invitations: { $elemMatch: { personId: person.id, state: 'invited' as const } } }
    return this.requests.find(asked).readableBy(person).sort({ askedAt: 1 }).limit(mostInvited).lean<HelpRequest[]>()
  }

  /** Open ones of others that name a skill of theirs, at the level that is needed: those that name most of them first, then the newest. */
  async fitting(person: SignedInPerson, declared: readonly Pick<DeclaredSkill, 'skillId' | 'level'>[]): Promise<HelpRequest[]> {
    if (declared.length === 0) return []
    const skillIds = declared.map(({ skillId }) => skillId)
    const { requests } = await this.list(person, { states: ['asked'], notOfId: person.id, skillIds }, { from: 0, size: mostFitting })
    return requests
      .map(request => ({ request, fits: request.skills.filter(asked => isMet(asked, declared)).length }))
      .filter(({ fits }) => fits > 0)
      .sort((a, b) => b.fits - a.fits)
      .map(({ request }) => request)
  }

  /** Only the asker and those who moderate. @throws Forbidden */
  async own(person: SignedInPerson, slug: string): Promise<HelpRequest> {
    const request = await this.readable(person, slug)
    if (!may(person, { verb: 'change request', record: request }))
      throw new Forbidden('Only whoever asked, and coordinators, change a request.')
    return request
  }

  /** @throws Forbidden, also for what is over */
  async editable(person: SignedInPerson, slug: string): Promise<HelpRequest> {
    const request = await this.own(person, slug)
    if (!openStates.includes(request.state)) throw new Forbidden(`This request is ${request.state}, so it is not changed any more.`)
    return request
  }
}

const isMet = ({ skillId, level = levels[0] }: AskedSkill, declared: readonly Pick<DeclaredSkill, 'skillId' | 'level'>[]): boolean =>
  declared.some(own => own.skillId === skillId && levels.indexOf(own.level) >= levels.indexOf(level))

function filterOf({ states, type, ofPersonId, skillIds, notOfId }: RequestFilter): object {
  return {
    deletedAt: { $exists: false },
    ...(states === undefined ? {} : { state: { $in: [...states] } }),
    ...(type === undefined ? {} : { type }),
    ...(ofPersonId === undefined ? {} : { $or: [{ askerId: ofPersonId }, { helperId: ofPersonId }, { contributorIds: ofPersonId }] }),
    ...(skillIds === undefined ? {} : { 'skills.skillId': { $in: [...skillIds] } }),
    ...(notOfId === undefined ? {} : { askerId: { $ne: notOfId } }),
  }
}
