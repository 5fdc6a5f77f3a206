import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { type HelpRequest, type Invitation, readersOfRequest } from './requestModel.ts'
import type { RequestNews } from './requestNews.ts'
import { isPossible, type Party, type RequestStep, stateAfter, stateName, transitions } from './requestStates.ts'

/** What changes with a step, besides the state and the history. */
export interface Following {
  set?: Partial<HelpRequest>
  unset?: readonly (keyof HelpRequest)[]
}

/** By whom a step is taken; without a person, time takes it. */
export type By = { person: SignedInPerson } | { party: 'time' | 'administrator'; byId?: string }

/** Who somebody is to a request. */
export function partiesOf(person: SignedInPerson, request: HelpRequest): Party[] {
  const isInvited = request.invitations.some(({ personId, state }) => personId === person.id && state === 'invited')
  return [
    ...(may(person, { verb: 'change request', record: request }) ? ['asker' as const] : []),
    ...(isInvited ? ['invited' as const] : []),
    ...(request.helperId === person.id ? ['helper' as const] : []),
  ]
}

export const mayTake = (person: SignedInPerson, step: RequestStep, request: HelpRequest): boolean =>
  isPossible(step, request) && partiesOf(person, request).some(party => transitions[step].who.includes(party))

/** Takes requests from one state to another: one write each, which holds only while the request is as it was looked at. */
export class RequestSteps {
  private readonly write: IndexedWrite<HelpRequest>
  private readonly with: { requestNews: RequestNews; clock: Clock }

  constructor({ requests }: Pick<Models, 'requests'>, collaborators: { requestNews: RequestNews; clock: Clock }) {
    this.write = new IndexedWrite(requests, 'title', collaborators.clock)
    this.with = collaborators
  }

  /** @throws Conflict when it is somewhere else by now @throws Forbidden to whom the step does not belong */
  async take(step: RequestStep, request: HelpRequest, by: By, following: Following = {}): Promise<HelpRequest> {
    this.refuse(step, request, by)
    const byId = 'person' in by ? by.person.id : by.byId
    const now = this.with.clock.now()
    const to = stateAfter(step, request.state)
    const change = { step, from: request.state, to, at: now, ...(byId === undefined ? {} : { byId }) }
    const set = { state: to, updatedAt: now, invitations: invitationsIn(to, request, now), ...following.set }
    const gone = Object.fromEntries((following.unset ?? []).map(field => [field, 1 as const]))
    const taken = await this.write.update({ _id: request._id, state: request.state, revision: request.revision }, {
      $set: set,
      $push: { changes: change },
      $inc: { revision: 1 },
      ...(following.unset === undefined ? {} : { $unset: gone }),
    } as never)
    if (taken === null) throw new Conflict('This request changed while you looked at it, so nothing was done. Look at what it is now.')
    await this.with.requestNews.changed(taken)
    return taken
  }

  private refuse(step: RequestStep, request: HelpRequest, by: By): void {
    if ('person' in by) {
      const parties = partiesOf(by.person, request)
      const isTheirs = parties.some(party => transitions[step].who.includes(party))
      if (!isPossible(step, request)) throw notFromHere(request)
      if (!isTheirs) throw new Forbidden('This step belongs to somebody else: whoever asked, or whoever helps.')
    } else if (!isPossible(step, request) || !transitions[step].who.includes(by.party)) throw notFromHere(request)
  }
}

const notFromHere = ({ state }: HelpRequest) =>
  new Conflict(`This request is in the state “${stateName(state)}”, in which this cannot be done any more. Nothing was changed.`)

/** Who was invited and has not answered is not waited for any more. */
function invitationsIn(state: HelpRequest['state'], { invitations }: HelpRequest, now: Date): Invitation[] {
  if (state === 'asked') return invitations
  return invitations.map(invitation => (invitation.state === 'invited' ? { ...invitation, state: 'closed', decidedAt: now } : invitation))
}

/** What changes when another person asks in the place of somebody who leaves. Nobody is invited to what they ask themselves. */
export const handedTo = (request: HelpRequest, askerId: string): Partial<HelpRequest> => ({
  askerId,
  invitations: request.invitations.filter(({ personId }) => personId !== askerId),
  readers: readersOfRequest({ ...request, askerId }),
})
