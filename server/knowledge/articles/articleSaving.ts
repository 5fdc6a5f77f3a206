import { isDeepStrictEqual } from 'node:util'
import { recordLinksOf } from '../../documents/markdown.ts'
import { kindOf } from '../kinds/kinds.ts'
import { unpublishedStates } from '../reviews/articleStates.ts'
import { nextReview, reviewMonthsOf } from '../reviews/reviewDates.ts'
import { type StateChange, type Step, stateAfter } from '../reviews/transitions.ts'
import type { ArticleContent } from './articleContent.ts'
import type { Article } from './articleModel.ts'

/** What saving makes of an article's state. */
export interface Saving {
  state: Article['state']
  /** Undefined when nothing about the state is done. */
  step?: Step
}

/** What is saved: as it stands, published, or given to its approver. A change to what was approved waits beside it. */
export function savingOf(article: Article | undefined, content: ArticleContent): Saving {
  const before = article?.state ?? 'draft'
  const needsApproval = kindOf(content.kind).needsApproval
  if (unpublishedStates.includes(before)) return savingOfDraft(before, content.publish, needsApproval)
  const wasApproved = article !== undefined && kindOf(article.kind).needsApproval
  if (!needsApproval && !wasApproved) return { state: before }
  if (article !== undefined && isChanged(article, content)) return { state: before, step: 'ask to change' }
  return { state: before, ...(article?.approval === undefined ? {} : { step: 'withdraw change' as const }) }
}

function savingOfDraft(before: Article['state'], publishes: boolean, needsApproval: boolean): Saving {
  const step: Step | undefined = publishes
    ? needsApproval
      ? 'ask for approval'
      : 'publish'
    : before === 'in approval'
      ? 'withdraw'
      : undefined
  return step === undefined ? { state: before } : { state: stateAfter(step, { state: before } as Article), step }
}

function isChanged(article: Article, { title, text, kind, fields }: ArticleContent): boolean {
  const written = { title: article.title, text: article.text, kind: article.kind, fields: article.fields ?? [] }
  return !isDeepStrictEqual({ title, text, kind, fields }, written)
}

/** What follows from a step for the record: when it was published, whether somebody is asked, when it is reviewed. */
export function following(
  step: Step,
  article: Pick<Article, 'state' | 'kind' | 'reviewMonths' | 'publishedAt'>,
  { byId, at, reason }: { byId?: string; at: Date; reason?: string },
): { set: Partial<Article>; change: StateChange } {
  const to = stateAfter(step, article as Article)
  const change: StateChange = { step, from: article.state, to, at, ...(byId && { byId }), ...(reason && { reason }) }
  const isRight = ['publish', 'approve', 'approve change', 'still right'].includes(step)
  const reviewed = isRight ? { reviewed: { at, ...(byId && { byId }) }, reviewDueAt: nextReview(article, at) } : {}
  const isFirst = to === 'published' && article.publishedAt === undefined
  return { set: { state: to, ...reviewed, ...(isFirst ? { publishedAt: at } : {}) }, change }
}

/** Another interval counts from the last review. */
export function dueAnew(article: Article, changed: Pick<Article, 'kind' | 'reviewMonths'>): Partial<Article> {
  const isSame = reviewMonthsOf(article) === reviewMonthsOf(changed)
  if (isSame || article.reviewDueAt === undefined) return {}
  return { reviewDueAt: nextReview(changed, article.reviewed?.at ?? article.updatedAt) }
}

/** What a writer says of an article. */
export function fieldsOf(content: ArticleContent, firstAuthor: string[], withoutTeam: { personId: string }) {
  const { title, kind, text, fields, visibility, chosenOrganisationIds, skillIds, teamId, coAuthorIds, thankedIds, marking } = content
  const owner: Article['owner'] = teamId === undefined ? withoutTeam : { teamId }
  const authorIds = [...new Set([...firstAuthor, ...coAuthorIds])]
  const optional = {
    ...(content.approverId === undefined ? {} : { approverId: content.approverId }),
    ...(content.reviewMonths === undefined ? {} : { reviewMonths: content.reviewMonths }),
  }
  const links = recordLinksOf(text)
  return {
    title,
    kind,
    text,
    links,
    fields,
    visibility,
    chosenOrganisationIds,
    skillIds,
    owner,
    authorIds,
    thankedIds,
    marking,
    ...optional,
  }
}

/** Those that a writer can take off again. */
export const takenOff = ({ approverId, reviewMonths }: ArticleContent): Record<string, 1> => ({
  ...(approverId === undefined ? { approverId: 1 as const } : {}),
  ...(reviewMonths === undefined ? { reviewMonths: 1 as const } : {}),
})
