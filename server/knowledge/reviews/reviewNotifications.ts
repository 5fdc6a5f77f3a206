import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { JobServices } from '../../feature.ts'
import type { Notice, NotificationKind, Told } from '../../notifications/notificationKind.ts'
import { isSensitive } from '../articles/articleMarking.ts'
import type { DueArticle } from './dueReviews.ts'
import { approvalKind, decidedKind, reviewKind } from './reviewNews.ts'
import { dueText } from './reviewsWaiting.ts'
import type { Step } from './transitions.ts'

type Saying = (article: DueArticle, notice: Notice, reader: SignedInPerson) => { words: string; subject: string; href: string } | undefined

/** Each says something as long as its reader may read the article and it is still so. What is sensitive is in no mail. */
export function reviewNotifications({ dueReviews, clock }: Pick<JobServices, 'dueReviews' | 'clock'>): NotificationKind[] {
  const presenting = (say: Saying) => async (reader: SignedInPerson, notices: readonly Notice[]) => {
    const articles = await dueReviews.among(
      reader,
      notices.map(({ subjectId }) => subjectId),
    )
    const byId = new Map(articles.map(article => [article._id, article]))
    return new Map<string, Told>(notices.flatMap(notice => told(byId.get(notice.subjectId), notice, reader, say)))
  }
  const reviewed: Saying = article => {
    const isDue = article.reviewDueAt !== undefined && dueReviews.isSoon(article.reviewDueAt)
    const words = `${dueText(article.reviewDueAt, clock.now())}: “${article.title}”`
    return isDue ? { words, subject: 'An article is to be reviewed', href: reviewPage(article) } : undefined
  }
  return [
    {
      ...{ id: approvalKind, title: 'An article or a change waits for your approval', usually: 'now' as const, onlyNewest: true as const },
      present: presenting(approval),
    },
    { id: decidedKind, title: 'What you sent for approval is approved or sent back', usually: 'now', present: presenting(decided) },
    {
      ...{
        id: reviewKind,
        title: 'An article that you or your team own is to be reviewed',
        usually: 'daily' as const,
        onlyNewest: true as const,
      },
      present: presenting(reviewed),
    },
  ]
}

function told(article: DueArticle | undefined, notice: Notice, reader: SignedInPerson, say: Saying): [string, Told][] {
  const said = article === undefined ? undefined : say(article, notice, reader)
  if (article === undefined || said === undefined) return []
  const { words, subject, href } = said
  return [[notice._id, { words, href, ...(isSensitive(article) ? {} : { mail: { subject, words } }) }]]
}

const approval: Saying = (article, _notice, reader) => {
  if (!may(reader, { verb: 'approve article', record: article })) return undefined
  const what = article.approval?.revisionId === undefined ? 'An article' : 'A change to an article'
  return {
    words: `${what} waits for your approval: “${article.title}”`,
    subject: `${what} waits for your approval`,
    href: reviewPage(article),
  }
}

const outcomes: Partial<Record<Step, string>> = {
  approve: 'Approved and published',
  refuse: 'Sent back',
  'approve change': 'Your change is approved and published',
  'refuse change': 'Your change is sent back',
}

const decided: Saying = (article, { facts }) => {
  const outcome = outcomes[String(facts?.step) as Step]
  return outcome === undefined
    ? undefined
    : { words: `${outcome}: “${article.title}”`, subject: outcome, href: `/knowledge/${article.slug}` }
}

const reviewPage = ({ slug }: DueArticle) => `/knowledge/${slug}/review`
