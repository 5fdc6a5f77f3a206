import type { Notifications } from '../../notifications/notifications.ts'
import type { PersonService } from '../../people/personService.ts'
import type { Article } from '../articles/articleModel.ts'
import type { DueArticle } from './dueReviews.ts'
import { lastReminder } from './reviewDates.ts'
import type { Step } from './transitions.ts'

export const approvalKind = 'article-approval'
export const decidedKind = 'article-decided'
export const reviewKind = 'article-review'

const decisions: readonly Step[] = ['approve', 'refuse', 'approve change', 'refuse change']

/** Tells whose turn it is, and how it went. */
export class ReviewNews {
  private readonly notifications: Notifications
  private readonly people: PersonService

  constructor({ notifications, people }: { notifications: Notifications; people: PersonService }) {
    this.notifications = notifications
    this.people = people
  }

  /** To the approver, once for each time that they are asked. */
  async asked({ _id, approverId, approval }: Pick<Article, '_id' | 'approverId' | 'approval'>): Promise<void> {
    if (approverId === undefined || approval === undefined) return
    const event = `${_id} ${approval.askedAt.toISOString()}`
    await this.notifications.tell({ kind: approvalKind, event, to: [approverId], subjectId: _id, byId: approval.askedById })
  }

  /** To whoever asked. */
  async decided({ _id, approval }: Pick<Article, '_id' | 'approval'>, step: Step, byId: string): Promise<void> {
    if (approval === undefined || !decisions.includes(step)) return
    const event = `${_id} ${approval.askedAt.toISOString()} ${step}`
    await this.notifications.tell({ kind: decidedKind, event, to: [approval.askedById], subjectId: _id, byId, facts: { step } })
  }

  /** To the owner, or everybody in the team: each reminder once, however often it is looked. @returns whether there was one to give */
  async remind({ _id, owner, reviewDueAt }: DueArticle, now: Date): Promise<boolean> {
    const reminder = reviewDueAt === undefined ? undefined : lastReminder(reviewDueAt, now)
    if (reviewDueAt === undefined || reminder === undefined) return false
    const to = owner.teamId === undefined ? [owner.personId] : await this.people.idsInTeam(owner.teamId)
    const event = `${_id} ${reviewDueAt.toISOString()} ${reminder.toISOString()}`
    await this.notifications.tell({ kind: reviewKind, event, to, subjectId: _id })
    return true
  }
}
