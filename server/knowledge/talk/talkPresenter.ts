import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Comment } from '../../comments/commentModel.ts'
import { markdownToHtml } from '../../documents/markdown.ts'
import { dateAndTime } from '../../http/dates.ts'
import { pagination } from '../../http/pages.ts'
import { presentFollowButton } from '../../notifications/followingPresenter.ts'
import type { Services } from '../../services.ts'
import { newId } from '../../storage/newId.ts'
import type { Article } from '../articles/articleModel.ts'
import { longestPassage, presentPassages } from './passages.ts'
import { mayDealWith, parentOf } from './talk.ts'

/** @param typed  of a comment that was refused @param page  of the comments; the newest are on the first */
export interface Looking {
  typed?: Record<string, unknown>
  page?: number
}

/** What views/knowledge/talk prints below an article. */
export async function presentTalk(
  article: Article,
  person: SignedInPerson,
  { comments, bylines, linkedRecords }: Services,
  { typed = {}, page = 1 }: Looking = {},
) {
  const { comments: all, total, pages } = await comments.onPage(parentOf(article), page)
  const about = all.flatMap(({ passage }) => passage ?? [])
  const [names, passages] = await Promise.all([
    bylines.of(
      all.flatMap(({ byId, resolved }) => [byId, ...(resolved === undefined ? [] : [resolved.byId])]),
      person,
    ),
    presentPassages(article, about, person, { linkedRecords }),
  ])
  const nameOf = (id: string) => names.get(id)?.name ?? 'somebody who is not here any more'
  const present = (comment: Comment) => ({
    id: `comment-${comment._id}`,
    by: names.get(comment.byId) ?? { name: nameOf(comment.byId) },
    at: dateAndTime(comment.at),
    passage: passages.get(comment.passage ?? ''),
    html: markdownToHtml(comment.text, comment._id),
    resolved: comment.resolved === undefined ? '' : `Resolved by ${nameOf(comment.resolved.byId)}, ${dateAndTime(comment.resolved.at)}`,
    ...(mayDealWith(person, article, comment) ? { action: `/knowledge/${article.slug}/comments/${comment._id}` } : {}),
  })
  return {
    count: total,
    pagination: pagination(page, pages, number => `/knowledge/${article.slug}${number === 1 ? '' : `?comments=${number}`}#comments`),
    open: all.filter(({ resolved }) => resolved === undefined).map(present),
    resolved: all.filter(({ resolved }) => resolved !== undefined).map(present),
    action: `/knowledge/${article.slug}/comments`,
    formId: typeof typed.id === 'string' ? typed.id : newId(),
    typed: typeof typed.comment === 'string' ? typed.comment : '',
    passage: typeof typed.passage === 'string' ? typed.passage : '',
    longestPassage,
  }
}

export const presentFollowArticle = ({ _id, slug, title }: Article, person: SignedInPerson, { following }: Services) =>
  presentFollowButton(following, person, 'article', { _id, slug, name: `“${title}”` })
