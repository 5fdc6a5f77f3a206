import type { JobServices } from '../../feature.ts'
import type { Notice, NotificationKind } from '../../notifications/notificationKind.ts'
import { isSensitive } from '../articles/articleMarking.ts'
import type { Article } from '../articles/articleModel.ts'
import { followedNewsKind } from './followedNews.ts'

const mostNamed = 2

export const followedNewsNotification = ({ newestArticles }: Pick<JobServices, 'newestArticles'>): NotificationKind => ({
  id: followedNewsKind,
  title: 'Something is published in what you follow; looked for once a day',
  usually: 'daily',
  async present(reader, notices) {
    const articles = await newestArticles.among(reader, [...new Set(notices.flatMap(idsOf))])
    return new Map(
      notices.flatMap(notice => {
        const ids = new Set(idsOf(notice))
        const news = articles.filter(({ _id }) => ids.has(_id))
        const [first] = news
        if (first === undefined) return []
        const words = wordsOf(news)
        // What is sensitive is not named in a mail.
        const open = news.filter(article => !isSensitive(article))
        const href = news.length === 1 ? `/knowledge/${first.slug}` : '/news'
        return [
          [
            notice._id,
            { words, href, ...(open.length > 0 ? { mail: { subject: 'New in what you follow', words: wordsOf(open) } } : {}) },
          ] as const,
        ]
      }),
    )
  },
})

const idsOf = ({ facts }: Notice): readonly string[] => (Array.isArray(facts?.articleIds) ? facts.articleIds : [])

const wordsOf = (news: readonly Article[]) => `New in what you follow: ${named(news)}`

function named(news: readonly Article[]): string {
  const titles = news.slice(0, mostNamed).map(({ title }) => `“${title}”`)
  const more = news.length > mostNamed ? [`${news.length - mostNamed} more`] : []
  return new Intl.ListFormat('en-GB').format([...titles, ...more])
}
