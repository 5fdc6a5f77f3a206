import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { dateAndTime, longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Byline } from '../../people/bylines.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import { badgesOf } from './reviewBadges.ts'
import { reviewMonthsOf } from './reviewDates.ts'
import { mayTake, type StateChange, type Step } from './transitions.ts'

interface Deed {
  text: string
  hint: string
  /** What is asked with it. */
  asks?: 'reason' | 'by'
  classes?: string
}

const quiet = 'govuk-button--secondary'

/** The steps that somebody takes on the page of reviews; the others come from saving, or from time. */
const deeds: Partial<Record<Step, Deed>> = {
  approve: { text: 'Approve', hint: 'It is published, and the readers that its authors chose find it.' },
  'approve change': { text: 'Approve the change', hint: 'It takes the place of what is published.' },
  refuse: { text: 'Send back', hint: 'Its authors read why, and can ask again.', asks: 'reason', classes: quiet },
  'refuse change': { text: 'Send the change back', hint: 'What is published stays. Its authors read why.', asks: 'reason', classes: quiet },
  'still right': { text: 'Still right', hint: 'It counts as reviewed today.' },
  withdraw: { text: 'Withdraw', hint: 'It is a draft again; nobody is asked to approve it.', classes: quiet },
  'withdraw change': { text: 'Withdraw the change', hint: 'What is published stays.', classes: quiet },
  supersede: { text: 'Mark as superseded', hint: 'Another article takes its place; each leads to the other.', asks: 'by', classes: quiet },
  archive: { text: 'Archive', hint: 'It is found only when somebody asks for what is archived. It can be brought back.', classes: quiet },
  'bring back': { text: 'Bring back', hint: 'It is found again, and needs a review.' },
}

export const stepId = (step: Step): string => step.replaceAll(' ', '-')
export const stepIds: ReadonlyMap<string, Step> = new Map(Object.keys(deeds).map(step => [stepId(step as Step), step as Step]))

const ofChange: readonly Step[] = ['approve change', 'refuse change', 'withdraw change']

export function stepsOffered(article: Article, person: SignedInPerson): Step[] {
  const waitsForChange = article.approval?.revisionId !== undefined
  return [...stepIds.values()].filter(step => mayTake(person, step, article) && (waitsForChange || !ofChange.includes(step)))
}

/** Whether this person has something to do with the state of the article. */
export const isConcerned = (article: Article, person: SignedInPerson): boolean =>
  stepsOffered(article, person).length > 0 || may(person, { verb: 'write article', record: article })

const changeNames: Record<Step, string> = {
  publish: 'Published',
  'ask for approval': 'Sent for approval',
  withdraw: 'Withdrawn',
  approve: 'Approved and published',
  refuse: 'Sent back',
  'ask to change': 'Change sent for approval',
  'withdraw change': 'Change withdrawn',
  'approve change': 'Change approved',
  'refuse change': 'Change sent back',
  'still right': 'Found to be still right',
  'fall due': 'Due for review',
  archive: 'Archived',
  supersede: 'Superseded',
  'bring back': 'Brought back',
}

/** Everything that views/knowledge/review prints. */
export async function presentReview(
  { article, typed = {}, errors = {} }: { article: Article; typed?: Record<string, unknown>; errors?: Problems },
  person: SignedInPerson,
  { bylines, clock, revisions }: Pick<Services, 'bylines' | 'clock' | 'revisions'>,
) {
  const { approval, approverId, reviewed, reviewDueAt, changes = [], slug } = article
  const named = [approval?.askedById, approverId, reviewed?.byId, ...changes.map(({ byId }) => byId)].filter(id => id !== undefined)
  const people = await bylines.of(named, person)
  const waiting = await revisions.waiting(article, person)
  const nameOf = (id: string | undefined) => (id === undefined ? undefined : people.get(id)?.name)
  return {
    title: `Review of “${article.title}”`,
    articleTitle: article.title,
    articleHref: `/knowledge/${slug}`,
    errors,
    badges: badgesOf(article, clock.now(), nameOf(reviewed?.byId)),
    facts: [
      { term: 'Reviewed', text: everyMonths(reviewMonthsOf(article)) },
      ...(reviewDueAt === undefined ? [] : [{ term: 'Due', text: longDate(reviewDueAt) }]),
      ...(approverId === undefined ? [] : [{ term: 'Approved by', text: approverText(people.get(approverId)) }]),
      ...(approval === undefined
        ? []
        : [{ term: 'Asked', text: `${nameOf(approval.askedById) ?? 'Somebody'}, ${dateAndTime(approval.askedAt)}` }]),
    ],
    compareHref: waiting === undefined ? undefined : `/knowledge/${slug}/history/compare?to=waiting`,
    deeds: stepsOffered(article, person).map(step => presentDeed(step, article, { typed, errors })),
    changes: seenChanges(article, person).map(({ step, at, byId, reason }) => ({
      text: changeNames[step] ?? step,
      at: dateAndTime(at),
      by: nameOf(byId),
      reason,
    })),
  }
}

function presentDeed(step: Step, article: Article, { typed, errors }: { typed: Record<string, unknown>; errors: Problems }) {
  const { asks, ...deed } = deeds[step] as Deed
  const error = asks !== undefined && errors[asks] !== undefined ? { errorMessage: { text: errors[asks] } } : {}
  const value = asks !== undefined && typeof typed[asks] === 'string' ? { value: typed[asks] } : {}
  const asked = { id: asks, name: asks, ...value, ...error }
  return {
    ...deed,
    action: `/knowledge/${article.slug}/review/${stepId(step)}`,
    revision: article.revision,
    ...(asks === 'reason' ? { textarea: { ...asked, rows: 3, label: { text: 'Why' } } } : {}),
    ...(asks === 'by'
      ? { input: { ...asked, label: { text: 'What takes its place' }, hint: { text: 'The address of its page, or its title' } } }
      : {}),
  }
}

/** Newest first. Why something was sent back is for those who write it and who approves it. */
function seenChanges(article: Article, person: SignedInPerson): StateChange[] {
  const seesAll = may(person, { verb: 'write article', record: article }) || may(person, { verb: 'approve article', record: article })
  return seesAll ? [...(article.changes ?? [])].reverse() : []
}

const everyMonths = (months: number) => (months === 1 ? 'every month' : `every ${months} months`)

const approverText = (approver: Byline | undefined) =>
  approver === undefined ? 'Nobody at present' : approver.hasLeft ? `Nobody at present: ${approver.name} has left` : approver.name
