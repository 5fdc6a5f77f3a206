import { partnershipToken } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { OrganisationService } from '../../organisations/organisationService.ts'
import type { Leavers } from '../../people/leavers.ts'
import type { PersonService } from '../../people/personService.ts'
import type { HelpRequest } from '../requests/requestModel.ts'
import { openStates } from '../requests/requestStates.ts'
import { handedTo, type RequestSteps } from '../requests/requestSteps.ts'

const open = { state: { $in: [...openStates] } }
const helping = { state: { $in: ['matched' as const, 'under way' as const] } }
const reason = 'the open matters of somebody who left are passed on'
const members = { tokens: [partnershipToken] }

interface Collaborators {
  leavers: Leavers
  people: PersonService
  organisations: OrganisationService
  requestSteps: RequestSteps
  clock: Clock
}

/** Open requests of people who have left: what they asked goes to the contact of their organisation, what they helped with looks for somebody else. */
export class RequestLeavers {
  private readonly requests: Models['requests']
  private readonly with: Collaborators

  constructor({ requests }: Pick<Models, 'requests'>, collaborators: Collaborators) {
    this.requests = requests
    this.with = collaborators
  }

  /** @returns how many were passed on */
  async passOn(): Promise<number> {
    return (await this.ofAskers()) + (await this.ofHelpers())
  }

  /** What these people ask and is not over. */
  openOf(askerIds: readonly string[]): Promise<HelpRequest[]> {
    return this.requests
      .find({ ...open, askerId: { $in: [...askerIds] } })
      .asSystem(reason)
      .lean<HelpRequest[]>()
  }

  /** @returns whether it was given: not to whoever helps with it, nor when it changed meanwhile; then it goes to the contact */
  async give(request: HelpRequest, personId: string, byId: string): Promise<boolean> {
    if (request.helperId === personId) return false
    const following = { set: handedTo(request, personId) }
    return this.taken(() => this.with.requestSteps.take('hand over', request, { party: 'administrator', byId }, following))
  }

  private async ofAskers(): Promise<number> {
    let passed = 0
    for (const request of await this.whose('askerId', open)) {
      const contact = await this.contactOf(request)
      if (contact !== undefined && (await this.taken(() => this.handTo(request, contact)))) passed += 1
    }
    return passed
  }

  private async ofHelpers(): Promise<number> {
    let passed = 0
    for (const request of await this.whose('helperId', helping))
      if (await this.taken(() => this.with.requestSteps.take('step back', request, { party: 'time' }, { unset: ['helperId'] }))) passed += 1
    return passed
  }

  private handTo(request: HelpRequest, personId: string) {
    return this.with.requestSteps.take('hand over', request, { party: 'time' }, { set: handedTo(request, personId) })
  }

  private async whose(field: 'askerId' | 'helperId', filter: object): Promise<HelpRequest[]> {
    const ids = (await this.requests.distinct(field, filter).asSystem(reason)) as string[]
    const left = (await this.with.leavers.among(ids)).map(({ _id }) => _id)
    if (left.length === 0) return []
    return this.requests
      .find({ ...filter, [field]: { $in: left } })
      .asSystem(reason)
      .lean<HelpRequest[]>()
  }

  /** The first point of contact who is here, else an administrator of the organisation. */
  private async contactOf({ organisationId, askerId }: HelpRequest): Promise<string | undefined> {
    const [organisation] = await this.with.organisations.named({ ids: [organisationId] }, members)
    const ids = (organisation?.callOrder ?? []).flatMap(({ contact }) => contact.personId ?? [])
    const here = new Set((await this.with.people.named({ ids }, members)).map(({ _id }) => _id))
    const keepers = await this.with.people.accountKeepers({ organisationId, roles: [] })
    return [...ids.filter(id => here.has(id)), ...keepers].find(id => id !== askerId)
  }

  /** Another process may have been faster. */
  private async taken(step: () => Promise<unknown>): Promise<boolean> {
    try {
      await step()
      return true
    } catch (error) {
      if (error instanceof Conflict) return false
      throw error
    }
  }
}
