import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Waiting } from '../../feature.ts'
import type { Services } from '../../services.ts'
import { daysUntil } from './reviewDates.ts'

const mostShown = 5

/** Articles and changes that wait for this person to agree. */
export const approvalsWaiting =
  ({ dueReviews }: Pick<Services, 'dueReviews'>) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    const waiting = await dueReviews.toApprove(person, mostShown)
    return waiting.map(({ title, slug, approval }) => ({
      text: `${approval?.revisionId === undefined ? 'To approve' : 'A change to approve'}: ${title}`,
      href: `/knowledge/${slug}/review`,
      ...(approval === undefined ? {} : { since: approval.askedAt }),
    }))
  }

/** What this person owns, or their team, and is to be reviewed. */
export const reviewsWaiting =
  ({ dueReviews, clock }: Pick<Services, 'dueReviews' | 'clock'>) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    const { articles } = await dueReviews.of(person, mostShown)
    return articles.map(({ title, slug, reviewDueAt }) => ({
      text: `${dueText(reviewDueAt, clock.now())}: ${title}`,
      href: `/knowledge/${slug}/review`,
    }))
  }

export function dueText(due: Date | undefined, now: Date): string {
  const days = due === undefined ? 0 : daysUntil(due, now)
  if (days <= 0) return 'To review now'
  return days === 1 ? 'To review by tomorrow' : `To review within ${days} days`
}
