import type { JobServices } from '../../feature.ts'
import type { NotificationKind } from '../../notifications/notificationKind.ts'
import { isSensitive } from '../articles/articleMarking.ts'
import { commentKind } from './talk.ts'

type Needed = Pick<JobServices, 'articles' | 'comments' | 'bylines'>

export const commentNotification = ({ articles, comments, bylines }: Needed): NotificationKind => ({
  id: commentKind,
  title: 'Somebody comments on an article that you own, commented on or follow',
  usually: 'daily',
  async present(reader, notices) {
    const found = await comments.among(notices.map(({ subjectId }) => subjectId))
    const [parents, names] = await Promise.all([
      articles.among(
        reader,
        found.map(({ parentId }) => parentId),
      ),
      bylines.of(
        found.map(({ byId }) => byId),
        reader,
      ),
    ])
    const byId = new Map(found.map(comment => [comment._id, comment]))
    return new Map(
      notices.flatMap(({ _id, subjectId }) => {
        const comment = byId.get(subjectId)
        const article = parents.find(parent => parent._id === comment?.parentId)
        if (comment === undefined || article === undefined) return []
        const words = `${names.get(comment.byId)?.name ?? 'Somebody'} commented on “${article.title}”`
        const mail = isSensitive(article) ? {} : { mail: { subject: 'A comment on an article', words } }
        return [[_id, { words, href: `/knowledge/${article.slug}/comments/${comment._id}`, ...mail }] as const]
      }),
    )
  },
})
