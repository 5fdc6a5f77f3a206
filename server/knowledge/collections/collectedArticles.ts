import type { Reader } from '../../access/accessTokens.ts'
import type { Models } from '../../models.ts'
import type { Article } from '../articles/articleModel.ts'

/** All of an article but what is written in it. */
export type NamedArticle = Pick<
  Article,
  '_id' | 'title' | 'slug' | 'kind' | 'state' | 'marking' | 'updatedAt' | 'reviewed' | 'organisationId' | 'approval'
>

const shown = {
  ...{ title: 1, slug: 1, kind: 1, state: 1, marking: 1, updatedAt: 1, reviewed: 1, organisationId: 1, approval: 1 },
} as const

/** The articles of collections, of what their reader may read. */
export class CollectedArticles {
  private readonly articles: Models['articles']

  constructor(models: Pick<Models, 'articles'>) {
    this.articles = models.articles
  }

  /** In the order of the ids. */
  async named(reader: Reader, ids: readonly string[]): Promise<NamedArticle[]> {
    if (ids.length === 0) return []
    const found = await this.articles
      .find({ _id: { $in: [...new Set(ids)] } })
      .readableBy(reader)
      .select(shown)
      .lean<NamedArticle[]>()
    return inOrder(found, ids)
  }

  /** With their texts, in the order of the ids. */
  async whole(reader: Reader, ids: readonly string[]): Promise<Article[]> {
    if (ids.length === 0) return []
    const found = await this.articles
      .find({ _id: { $in: [...new Set(ids)] } })
      .readableBy(reader)
      .lean<Article[]>()
    return inOrder(found, ids)
  }

  /** The article whose page has this address, typed with or without the name of the site. */
  async at(reader: Reader, address: string): Promise<Pick<Article, '_id'> | undefined> {
    const slug = slugAt(address)
    if (slug === undefined) return undefined
    return (await this.articles.findOne({ slug }).readableBy(reader).select({ _id: 1 }).lean<Pick<Article, '_id'>>()) ?? undefined
  }
}

function inOrder<A extends Pick<Article, '_id'>>(found: readonly A[], ids: readonly string[]): A[] {
  const byId = new Map(found.map(article => [article._id, article]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

function slugAt(address: string): string | undefined {
  try {
    return /^\/knowledge\/([^/]+)\/?$/.exec(decodeURIComponent(new URL(address, 'https://this.site').pathname))?.[1]
  } catch {
    return undefined
  }
}
