import { partnershipToken } from '../../access/accessTokens.ts'
import type { AccountService } from '../../accounts/accountService.ts'
import type { Clock } from '../../clock.ts'
import { Conflict } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { OrganisationService } from '../../organisations/organisationService.ts'
import { isAway, localDate } from '../../people/absence.ts'
import type { Person } from '../../people/personModel.ts'
import type { PersonService } from '../../people/personService.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { canRead, limitOf, type Matching } from '../matching/matching.ts'
import type { HelpRequest } from '../requests/requestModel.ts'
import type { RequestNews } from '../requests/requestNews.ts'
import type { RequestSteps } from '../requests/requestSteps.ts'
import { type Rise, type RiseDays, riseSteps } from './riseDays.ts'

const dayMs = 86_400_000
const atOnce = 200
const mostHolders = 50
const members = { tokens: [partnershipToken] }

interface Collaborators {
  accounts: Pick<AccountService, 'signedIn'>
  people: PersonService
  organisations: OrganisationService
  matching: Matching
  requestNews: RequestNews
  requestSteps: RequestSteps
  riseDays: RiseDays
  clock: Clock
}

/** What time does to requests that nobody answers: they rise to more and more people, each once, and end. */
export class DueRequests {
  private readonly requests: Models['requests']
  private readonly write: IndexedWrite<HelpRequest>
  private readonly with: Collaborators

  constructor({ requests }: Pick<Models, 'requests'>, collaborators: Collaborators) {
    this.requests = requests
    this.write = new IndexedWrite(requests, 'title', collaborators.clock)
    this.with = collaborators
  }

  /** @returns how often a request rose */
  async rise(): Promise<number> {
    const days = await this.with.riseDays.now()
    let risen = 0
    for (const step of riseSteps)
      for (const request of await this.unanswered(step, days[step])) {
        await this.with.requestNews.risen(request, step, await this.recipients(step, request))
        // Marked when it is told: whoever is told twice of the same hears of it once.
        const isStill = { _id: request._id, askedAt: request.askedAt, escalated: { $ne: step } }
        if ((await this.write.update(isStill, { $push: { escalated: step } } as never)) !== null) risen += 1
      }
    return risen
  }

  /** @returns how many ended */
  async expire(): Promise<number> {
    const due = await this.requests
      .find({ state: 'asked', expiresAt: { $lte: this.with.clock.now() } })
      .asSystem('a request ends by itself')
      .limit(atOnce)
      .lean<HelpRequest[]>()
    let expired = 0
    for (const request of due) if (await this.taken(request)) expired += 1
    return expired
  }

  /** Another process, or the asker, may have been faster. */
  private async taken(request: HelpRequest): Promise<boolean> {
    try {
      await this.with.requestSteps.take('expire', request, { party: 'time' })
      return true
    } catch (error) {
      if (error instanceof Conflict) return false
      throw error
    }
  }

  private unanswered(step: Rise, days: number): Promise<HelpRequest[]> {
    const before = new Date(this.with.clock.now().getTime() - days * dayMs)
    return this.requests
      .find({ state: 'asked', firstAnswerAt: { $exists: false }, askedAt: { $lte: before }, escalated: { $ne: step } })
      .asSystem('requests without an answer rise')
      .limit(atOnce)
      .lean<HelpRequest[]>()
  }

  private async recipients(step: Rise, request: HelpRequest): Promise<string[]> {
    if (step === 'coordinators') return this.with.people.idsWithRole('coordinator')
    const holders = await this.holders(request)
    return step === 'skill holders' ? holders.map(({ _id }) => _id) : this.contactsOf(request, holders)
  }

  /** Who declares one of its skills, is here and takes requests; without skills, those whom a search for its words finds. */
  private async holders(request: HelpRequest): Promise<Person[]> {
    const today = localDate(this.with.clock.now())
    const lists = await Promise.all(
      request.skills.map(({ skillId }) => this.with.people.list(members, { skillId, status: 'active' }, { from: 0, size: mostHolders })),
    )
    const declaring = request.skills.length === 0 ? await this.whoMayKnow(request) : lists.flatMap(({ people }) => people)
    return [...new Map(declaring.map(person => [person._id, person])).values()]
      .filter(person => person._id !== request.askerId && canRead(request, person) && limitOf(person) > 0 && !isAway(person.absence, today))
      .slice(0, mostHolders)
  }

  private async whoMayKnow(request: HelpRequest): Promise<Person[]> {
    const asker = await this.with.accounts.signedIn(request.askerId)
    return asker === undefined ? [] : (await this.with.matching.bestFor(request, asker, 10)).map(({ person }) => person)
  }

  /** The first points of contact of the asker's organisation, and of those in which somebody has the skills. */
  private async contactsOf({ organisationId }: HelpRequest, holders: readonly Person[]): Promise<string[]> {
    const ids = [...new Set([organisationId, ...holders.map(person => person.organisationId)])]
    const organisations = await this.with.organisations.named({ ids }, members)
    const first = organisations.flatMap(({ callOrder = [] }) => callOrder.slice(0, 1).map(({ contact }) => contact))
    const bySource = await this.with.people.named({ sourceIds: first.flatMap(({ sourceId }) => sourceId ?? []) }, members)
    return [...first.flatMap(({ personId }) => personId ?? []), ...bySource.map(({ _id }) => _id)]
  }
}
