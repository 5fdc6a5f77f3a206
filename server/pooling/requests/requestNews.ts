import type { Following } from '../../notifications/following.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { HelpRequest } from './requestModel.ts'

export const changedKind = 'request-changed'
export const answeredKind = 'request-answered'
export const invitedKind = 'request-invited'
export const risenKind = 'request-unanswered'

interface Collaborators {
  following: Pick<Following, 'followersOf'>
  notifications: Pick<Notifications, 'tell'>
}

/** Who is told of what happens to a request. What each may read is asked when they are told. */
export class RequestNews {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /** The asker, whoever helps or was invited, and who follows it hear of each change. */
  async changed(request: HelpRequest): Promise<void> {
    const last = request.changes.at(-1)
    if (last === undefined) return
    const event = `${request._id} ${request.changes.length}`
    const facts = { step: last.step }
    await this.with.notifications.tell({
      kind: changedKind,
      event,
      to: await this.concerned(request),
      subjectId: request._id,
      ...by(last.byId),
      facts,
    })
  }

  /** The asker said what came of it: whoever helped hears of it. */
  async thanked(request: HelpRequest): Promise<void> {
    const { _id, askerId, helperId, contributorIds } = request
    const to = [...(helperId === undefined ? [] : [helperId]), ...contributorIds]
    await this.with.notifications.tell({
      kind: changedKind,
      event: `${_id} outcome`,
      to,
      subjectId: _id,
      byId: askerId,
      facts: { step: 'thank' },
    })
  }

  async edited(request: HelpRequest, byId: string): Promise<void> {
    const event = `${request._id} revision ${request.revision}`
    const facts = { step: 'edit' }
    await this.with.notifications.tell({ kind: changedKind, event, to: await this.concerned(request), subjectId: request._id, byId, facts })
  }

  async answered(request: HelpRequest, answer: { _id: string; byId: string }, alsoTo: readonly string[]): Promise<void> {
    const to = [...(await this.concerned(request)), ...alsoTo]
    await this.with.notifications.tell({ kind: answeredKind, event: answer._id, to, subjectId: request._id, byId: answer.byId })
  }

  async invited(request: HelpRequest, personId: string): Promise<void> {
    const event = `${request._id} ${personId}`
    await this.with.notifications.tell({ kind: invitedKind, event, to: [personId], subjectId: request._id })
  }

  /** @param to  ids of those to whom it rises @param step  "skill holders" */
  async risen(request: HelpRequest, step: string, to: readonly string[]): Promise<void> {
    const event = `${request._id} ${request.askedAt.toISOString()} ${step}`
    await this.with.notifications.tell({
      kind: risenKind,
      event,
      to: to.filter(id => id !== request.askerId),
      subjectId: request._id,
      facts: { step },
    })
  }

  private async concerned({ _id, askerId, helperId, invitations, contributorIds }: HelpRequest): Promise<string[]> {
    const invited = invitations.filter(({ state }) => state === 'invited' || state === 'closed').map(({ personId }) => personId)
    const followers = await this.with.following.followersOf('request', _id)
    return [askerId, ...(helperId === undefined ? [] : [helperId]), ...invited, ...contributorIds, ...followers]
  }
}

const by = (byId: string | undefined) => (byId === undefined ? {} : { byId })
