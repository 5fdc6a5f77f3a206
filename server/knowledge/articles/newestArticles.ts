import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import type { Models } from '../../models.ts'
import { currentStates } from '../reviews/articleStates.ts'
import type { Article } from './articleModel.ts'

/** Whose articles, with which skills, of which teams, kinds and organisations; each of them counts. */
export interface Interests {
  personIds: readonly string[]
  skillIds: readonly string[]
  teamIds: readonly string[]
  kinds: readonly string[]
  organisationIds: readonly string[]
}

/** What was published last, of what the reader may read. */
export class NewestArticles {
  private readonly articles: Models['articles']

  constructor(models: Pick<Models, 'articles'>) {
    this.articles = models.articles
  }

  /** Those that somebody touched last. */
  async touched(reader: SignedInPerson, most: number): Promise<Article[]> {
    return this.articles
      .find({ state: { $in: [...currentStates] } })
      .readableBy(reader)
      .sort({ updatedAt: -1 })
      .limit(most)
      .lean<Article[]>()
  }

  /** Published in what somebody is interested in, but by others. */
  async news(reader: SignedInPerson, interests: Interests, page: { from: number; size: number }): Promise<Article[]> {
    return this.articles
      .find(newsFilter(reader, interests))
      .readableBy(reader)
      .sort({ publishedAt: -1 })
      .skip(page.from)
      .limit(page.size)
      .lean<Article[]>()
  }

  /** The same of a stretch of time, without its first moment, the newest first. */
  async newsBetween(
    reader: SignedInPerson,
    interests: Interests,
    { after, until }: { after: Date; until: Date },
    most: number,
  ): Promise<Article[]> {
    return this.articles
      .find({ ...newsFilter(reader, interests), publishedAt: { $gt: after, $lte: until } })
      .readableBy(reader)
      .sort({ publishedAt: -1 })
      .limit(most)
      .select({ _id: 1 })
      .lean<Article[]>()
  }

  /** Those of the ids that the reader may read and that are published, the newest first. */
  async among(reader: Reader, ids: readonly string[]): Promise<Article[]> {
    return this.articles
      .find({ _id: { $in: [...ids] }, state: { $in: [...currentStates] } })
      .readableBy(reader)
      .sort({ publishedAt: -1 })
      .select({ title: 1, slug: 1, marking: 1 })
      .lean<Article[]>()
  }

  async countNews(reader: SignedInPerson, interests: Interests): Promise<number> {
    return this.articles.countDocuments(newsFilter(reader, interests)).readableBy(reader)
  }
}

function newsFilter(reader: SignedInPerson, { personIds, skillIds, teamIds, kinds, organisationIds }: Interests) {
  const any = [
    { organisationId: { $in: [...organisationIds] } },
    ...(skillIds.length === 0 ? [] : [{ skillIds: { $in: [...skillIds] } }]),
    ...(teamIds.length === 0 ? [] : [{ 'owner.teamId': { $in: [...teamIds] } }]),
    ...(kinds.length === 0 ? [] : [{ kind: { $in: [...kinds] } }]),
    ...(personIds.length === 0 ? [] : [{ authorIds: { $in: [...personIds] } }]),
  ]
  return { state: { $in: [...currentStates] }, authorIds: { $ne: reader.id }, $or: any }
}
