import type { Followable } from '../../notifications/followable.ts'
import type { Article } from '../articles/articleModel.ts'
import type { ArticleService } from '../articles/articleService.ts'

const asSubject = ({ _id: id, slug, title }: Article) => ({ id, slug, name: title, href: `/knowledge/${slug}` })

export const followedArticles = (articles: ArticleService): Followable => ({
  kind: 'article',
  heading: 'Articles',
  bySlug: async (reader, slug) => asSubject(await articles.readable(reader, slug)),
  byIds: async (reader, ids) => new Map((await articles.among(reader, ids)).map(article => [article._id, asSubject(article)])),
})
