import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Clock } from '../../clock.ts'
import type { Comment } from '../../comments/commentModel.ts'
import type { Comments } from '../../comments/comments.ts'
import { Conflict, Forbidden } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { HelpRequest } from '../requests/requestModel.ts'
import type { RequestNews } from '../requests/requestNews.ts'
import type { RequestService } from '../requests/requestService.ts'
import { setAsideStates } from '../requests/requestStates.ts'
import type { RequestSteps } from '../requests/requestSteps.ts'

export type Answer = Comment

interface Collaborators {
  requests: RequestService
  requestSteps: RequestSteps
  requestNews: RequestNews
  comments: Comments
  clock: Clock
}

/** Answers have no readers of their own: they are kept and loaded as what is said under their request. */
export const parentOf = ({ _id }: Pick<HelpRequest, '_id'>) => ({ type: 'request', id: _id })

export const mayAnswer = ({ state }: Pick<HelpRequest, 'state'>): boolean => !setAsideStates.includes(state)

/** What is answered in the open, and which answer is the accepted one. */
export class Answers {
  private readonly write: IndexedWrite<HelpRequest>
  private readonly with: Collaborators

  constructor({ requests }: Pick<Models, 'requests'>, collaborators: Collaborators) {
    this.write = new IndexedWrite(requests, 'title', collaborators.clock)
    this.with = collaborators
  }

  of(request: HelpRequest): Promise<Answer[]> {
    return this.with.comments.of(parentOf(request))
  }

  /** Sent twice, it is there once. @throws NotFound, also when the request is hidden; Conflict when it is withdrawn or expired */
  async answer(person: SignedInPerson, slug: string, { id, text }: { id: string; text: string }): Promise<HelpRequest> {
    const { requests, comments, requestNews } = this.with
    const request = await requests.readable(person, slug)
    if (!mayAnswer(request))
      throw new Conflict(`This request is ${request.state}, so it takes no answers any more. What you typed is below.`)
    const before = await this.of(request)
    const answer = await comments.add(parentOf(request), { _id: id, byId: person.id, text })
    await this.noteFirst(request, answer)
    await requestNews.answered(
      request,
      answer,
      before.map(({ byId }) => byId),
    )
    return request
  }

  /** By whoever asked. A later one takes the place of an earlier one; the same twice is once. */
  async accept(person: SignedInPerson, slug: string, id: string): Promise<HelpRequest> {
    const request = await this.with.requests.readable(person, slug)
    const answer = await this.with.comments.find(parentOf(request), id)
    if (request.acceptedAnswerId === id && request.state === 'done') return request
    const contributorIds = answer.byId === request.askerId ? [] : [answer.byId]
    return this.with.requestSteps.take('accept answer', request, { person }, { set: { acceptedAnswerId: id, contributorIds } })
  }

  /** @throws Conflict for the accepted one @throws Forbidden */
  async remove(person: SignedInPerson, slug: string, id: string): Promise<HelpRequest> {
    const { requests, comments } = this.with
    const request = await requests.readable(person, slug)
    const answer = await comments.find(parentOf(request), id)
    if (!mayRemove(person, answer)) throw new Forbidden('Only whoever wrote an answer, and coordinators, delete it.')
    if (request.acceptedAnswerId === id) throw new Conflict('This is the accepted answer. Whoever asked has to accept another one first.')
    await comments.remove(answer)
    return request
  }

  private async noteFirst({ _id, askerId }: HelpRequest, { byId, at }: Answer): Promise<void> {
    if (byId !== askerId) await this.write.update({ _id, firstAnswerAt: { $exists: false } }, { $set: { firstAnswerAt: at } })
  }
}

export const mayRemove = (person: SignedInPerson, { byId }: Answer): boolean =>
  byId === person.id || may(person, { verb: 'moderate requests' })
