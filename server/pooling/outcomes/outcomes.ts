import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { HelpRequest, Outcome } from '../requests/requestModel.ts'
import type { RequestNews } from '../requests/requestNews.ts'
import type { RequestService } from '../requests/requestService.ts'

interface Collaborators {
  requests: RequestService
  requestNews: RequestNews
  clock: Clock
}

/** What came of requests that are done: said by the asker; evidence for the helper, if they agree. */
export class Outcomes {
  private readonly write: IndexedWrite<HelpRequest>
  private readonly with: Collaborators

  constructor({ requests }: Pick<Models, 'requests'>, collaborators: Collaborators) {
    this.write = new IndexedWrite(requests, 'title', collaborators.clock)
    this.with = collaborators
  }

  /** Said again, it takes the place of what was said. @throws Conflict when it is not done @throws Forbidden */
  async say(person: SignedInPerson, slug: string, said: Omit<Outcome, 'at'>): Promise<HelpRequest> {
    const request = await this.with.requests.readable(person, slug)
    if (request.askerId !== person.id) throw new Forbidden('Whoever asked says what came of it.')
    const outcome = { ...said, at: this.with.clock.now() }
    const kept = await this.write.update({ _id: request._id, state: 'done' }, { $set: { outcome }, $inc: { revision: 1 } })
    if (kept === null) throw new Conflict(`This request is ${request.state}: what came of it is said when it is done.`)
    await this.with.requestNews.thanked(kept)
    return kept
  }

  /** By whoever helped: from now on it speaks for them. @throws Forbidden @throws Conflict as long as the asker has not said that it is solved */
  async agree(person: SignedInPerson, slug: string): Promise<HelpRequest> {
    const request = await this.with.requests.readable(person, slug)
    if (request.helperId !== person.id) throw new Forbidden('Only whoever helped agrees to this.')
    const solved = { _id: request._id, state: 'done' as const, helperId: person.id, 'outcome.isSolved': true }
    const agreed = await this.write.update(solved, { $addToSet: { contributorIds: person.id }, $inc: { revision: 1 } } as never)
    if (agreed === null) throw new Conflict('Whoever asked has not said that it is solved, so it is no evidence yet.')
    return agreed
  }

  /** By whomever it speaks for: it does not any more. Twice is once. */
  async takeOff(person: SignedInPerson, slug: string): Promise<HelpRequest> {
    const request = await this.with.requests.readable(person, slug)
    const change = { $pull: { contributorIds: person.id }, $inc: { revision: 1 } }
    return (await this.write.update({ _id: request._id, contributorIds: person.id }, change as never)) ?? request
  }
}
