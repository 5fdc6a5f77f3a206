import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { withFreeSlug } from '../../storage/takenSlug.ts'
import type { RequestContent } from './requestContent.ts'
import { type HelpRequest, readersOfRequest } from './requestModel.ts'
import type { RequestNews } from './requestNews.ts'
import type { RequestService } from './requestService.ts'
import { openStates } from './requestStates.ts'
import type { Following } from './requestSteps.ts'

const hourMs = 3_600_000
export const mostInAnHour = 20
/** A request that nobody answers ends after so many days. */
export const lastsDays = 30
const dayMs = 24 * hourMs

interface Collaborators {
  requests: RequestService
  requestNews: RequestNews
  clock: Clock
  /** Answers when the search engine knows that fewer people may read it. */
  narrowed(type: string, id: string): Promise<void>
}

/** The rules of asking for help, and of changing what is asked. */
export class RequestWriting {
  private readonly requests: Models['requests']
  private readonly write: IndexedWrite<HelpRequest>
  private readonly with: Collaborators

  constructor({ requests }: Pick<Models, 'requests'>, collaborators: Collaborators) {
    this.requests = requests
    this.with = collaborators
    this.write = new IndexedWrite(requests, 'title', collaborators.clock)
  }

  /** @throws Conflict when somebody asks too often @throws Invalid */
  async ask(person: SignedInPerson, content: RequestContent): Promise<HelpRequest> {
    const now = this.with.clock.now()
    await this.refuseMany(person, now)
    const { revision: _opened, ...said } = content
    refusePast(content, now)
    const _id = newId()
    const asked = { ...said, askerId: person.id, organisationId: person.organisationId }
    const begun = { state: 'asked' as const, changes: [{ step: 'ask' as const, to: 'asked' as const, byId: person.id, at: now }] }
    const times = { askedAt: now, createdAt: now, updatedAt: now, expiresAt: expiryOf(content, now) }
    const complete = {
      _id,
      ...asked,
      ...begun,
      ...times,
      readers: readersOfRequest(asked),
      revision: 1,
      invitations: [],
      contributorIds: [],
    }
    return withFreeSlug(content.title, _id, slug => this.write.create({ ...complete, slug }))
  }

  /** @throws Conflict when somebody changed it in between; nothing is overwritten */
  async save(person: SignedInPerson, slug: string, content: RequestContent): Promise<HelpRequest> {
    const request = await this.with.requests.editable(person, slug)
    const now = this.with.clock.now()
    refusePast(content, now)
    const { revision, work, ...said } = content
    const readers = readersOfRequest({ ...request, ...said })
    const set = { ...said, ...(work === undefined ? {} : { work }), readers, updatedAt: now, expiresAt: expiryOf(content, now) }
    const change = { $set: set, ...(work === undefined ? { $unset: { work: 1 as const } } : {}), $inc: { revision: 1 } }
    const saved = await this.write.update({ _id: request._id, revision, state: { $in: [...openStates] } }, change)
    if (saved === null) throw changedMeanwhile()
    if (request.readers.some(token => !readers.includes(token))) await this.with.narrowed('request', saved._id)
    await this.with.requestNews.edited(saved, person.id)
    return saved
  }

  /** What it is when it is asked again. */
  anew(): Following {
    const now = this.with.clock.now()
    const lasts = new Date(now.getTime() + lastsDays * dayMs)
    return { set: { askedAt: now, expiresAt: lasts, invitations: [] }, unset: ['escalated', 'firstAnswerAt', 'helperId', 'asksForMe'] }
  }

  private async refuseMany({ id }: SignedInPerson, now: Date): Promise<void> {
    const asked = this.requests.countDocuments({ askerId: id, createdAt: { $gt: new Date(now.getTime() - hourMs) } })
    if ((await asked.asSystem('how often somebody asks is limited')) >= mostInAnHour)
      throw new Conflict(
        `You asked ${mostInAnHour} times within an hour, which is the most there can be. What you typed is below: send it later.`,
      )
  }
}

/** A piece of work that is wanted by a day is not wanted after it. */
function expiryOf({ work }: RequestContent, now: Date): Date {
  const lasts = new Date(now.getTime() + lastsDays * dayMs)
  return work?.until === undefined ? lasts : new Date(Date.parse(`${work.until}T00:00:00Z`) + dayMs)
}

function refusePast({ work }: RequestContent, now: Date): void {
  if (work?.until !== undefined && work.until < now.toISOString().slice(0, 10)) throw new Invalid({ until: 'The last day is over already' })
}

export const changedMeanwhile = () =>
  new Conflict('Somebody else changed this request while you had it open. Look at it again; what you typed is still below.')
