import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { AccountService } from '../../accounts/accountService.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { PersonService } from '../../people/personService.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { HelpRequest, Invitation } from '../requests/requestModel.ts'
import type { RequestNews } from '../requests/requestNews.ts'
import type { RequestService } from '../requests/requestService.ts'
import type { RequestSteps } from '../requests/requestSteps.ts'
import type { Matching } from './matching.ts'

/** No mass mail: so many wait at once for what they are asked. */
export const mostInvited = 5
/** "Ask for me" keeps so many waiting. */
const askedForYou = 3
/** Whoever says nothing for so long is not waited for. */
export const silentMs = 48 * 3_600_000
const mostTries = 5

interface Collaborators {
  requests: RequestService
  requestSteps: RequestSteps
  requestNews: RequestNews
  matching: Matching
  people: PersonService
  accounts: Pick<AccountService, 'signedIn'>
  clock: Clock
}

/** Whom the asker, or the system for them, invites to help, and what these say. */
export class RequestInvitations {
  private readonly requests: Models['requests']
  private readonly write: IndexedWrite<HelpRequest>
  private readonly with: Collaborators

  constructor({ requests }: Pick<Models, 'requests'>, collaborators: Collaborators) {
    this.requests = requests
    this.with = collaborators
    this.write = new IndexedWrite(requests, 'title', collaborators.clock)
  }

  /** @param slugs  of people @throws Invalid for more than five, oneself, and who cannot be asked @throws Conflict */
  async invite(person: SignedInPerson, slug: string, slugs: readonly string[]): Promise<HelpRequest> {
    const request = await this.asked(person, slug)
    const wanted = [...new Set(slugs)]
    if (wanted.length === 0) throw new Invalid({ people: 'Choose at least one person' })
    if (wanted.length + waiting(request).length > mostInvited)
      throw new Invalid({ people: `At most ${mostInvited} people are invited at once. Choose fewer, or wait for an answer` })
    const chosen = await this.with.people.named({ slugs: wanted }, person)
    if (chosen.length < wanted.length) throw new Invalid({ people: 'One of them is not here any more. Choose again' })
    const [refusal] = (await this.with.matching.refusals(request, chosen)).values()
    if (refusal !== undefined) throw new Invalid({ people: refusal })
    return this.add(
      request,
      chosen.map(({ _id }) => _id),
      { byId: person.id },
    )
  }

  /** The best three now, and the next when one of them declines or stays silent. */
  async askForMe(person: SignedInPerson, slug: string): Promise<HelpRequest> {
    const request = await this.asked(person, slug)
    if (request.asksForMe) return request
    return this.fill(await this.change(request, { set: { asksForMe: true } }), person)
  }

  /** @throws Conflict when somebody else helps by now, or it is withdrawn @throws Forbidden to whoever was not invited */
  async accept(person: SignedInPerson, slug: string): Promise<HelpRequest> {
    const request = await this.with.requests.readable(person, slug)
    if (request.helperId === person.id && request.state === 'matched') return request
    const decidedAt = this.with.clock.now()
    const invitations = request.invitations.map((invitation): Invitation => {
      if (invitation.state !== 'invited') return invitation
      return { ...invitation, state: invitation.personId === person.id ? 'accepted' : 'closed', decidedAt }
    })
    return this.with.requestSteps.take('accept', request, { person }, { set: { helperId: person.id, invitations } })
  }

  /** One click, without a reason; twice is once. The next is invited where the system asks. */
  async decline(person: SignedInPerson, slug: string): Promise<HelpRequest> {
    for (let tries = 0; tries < mostTries; tries++) {
      const request = await this.with.requests.readable(person, slug)
      if (!waiting(request).some(({ personId }) => personId === person.id)) return request
      const invitations = this.decided(request, ({ personId }) => personId === person.id, 'declined')
      const declined = await this.change(request, { set: { invitations } }).catch(again)
      if (declined !== undefined) return this.fillForAsker(declined)
    }
    throw changedMeanwhile()
  }

  /** Those where the system asks and somebody was silent for too long: the next are invited. @returns how many requests */
  async passOverSilent(): Promise<number> {
    const before = new Date(this.with.clock.now().getTime() - silentMs)
    const silent = { state: 'invited' as const, at: { $lte: before } }
    const due = await this.requests
      .find({ state: 'asked', asksForMe: true, invitations: { $elemMatch: silent } })
      .asSystem('who stays silent is not waited for')
      .lean<HelpRequest[]>()
    let passed = 0
    for (const request of due) {
      const invitations = this.decided(request, ({ at }) => at <= before, 'silent')
      const changed = await this.change(request, { set: { invitations } }).catch(again)
      if (changed === undefined) continue
      await this.fillForAsker(changed)
      passed += 1
    }
    return passed
  }

  private async asked(person: SignedInPerson, slug: string): Promise<HelpRequest> {
    const request = await this.with.requests.own(person, slug)
    if (request.state !== 'asked') throw new Conflict(`This request is ${request.state}, so nobody is invited any more.`)
    return request
  }

  private async fillForAsker(request: HelpRequest): Promise<HelpRequest> {
    const asker = request.asksForMe ? await this.with.accounts.signedIn(request.askerId) : undefined
    return asker === undefined ? request : this.fill(request, asker)
  }

  private async fill(request: HelpRequest, asker: SignedInPerson): Promise<HelpRequest> {
    const missing = askedForYou - waiting(request).length
    const best = missing <= 0 ? [] : await this.with.matching.bestFor(request, asker, missing)
    if (best.length === 0) return request
    const added = await this.add(
      request,
      best.map(({ person }) => person._id),
    ).catch(again)
    return added ?? request
  }

  private async add(request: HelpRequest, personIds: readonly string[], by: { byId?: string } = {}): Promise<HelpRequest> {
    const at = this.with.clock.now()
    const added = personIds.map((personId): Invitation => ({ personId, ...by, at, state: 'invited' }))
    const changed = await this.change(request, { set: { invitations: [...request.invitations, ...added] } })
    for (const personId of personIds) await this.with.requestNews.invited(changed, personId)
    return changed
  }

  /** Holds only while nobody else changed the request. */
  private async change({ _id, revision }: HelpRequest, { set }: { set: Partial<HelpRequest> }): Promise<HelpRequest> {
    const changed = await this.write.update({ _id, revision, state: 'asked' }, { $set: set, $inc: { revision: 1 } } as never)
    if (changed === null) throw changedMeanwhile()
    return changed
  }

  private decided({ invitations }: HelpRequest, which: (invitation: Invitation) => boolean, state: 'declined' | 'silent'): Invitation[] {
    const decidedAt = this.with.clock.now()
    return invitations.map(invitation =>
      invitation.state === 'invited' && which(invitation) ? { ...invitation, state, decidedAt } : invitation,
    )
  }
}

export const waiting = ({ invitations }: Pick<HelpRequest, 'invitations'>): Invitation[] =>
  invitations.filter(({ state }) => state === 'invited')

const changedMeanwhile = () => new Conflict('This request changed while you looked at it, so nothing was done. Look at what it is now.')

function again(error: unknown): undefined {
  if (!(error instanceof Conflict)) throw error
}
