import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Marking } from '../../access/readers.ts'
import { Forbidden, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { setAsideStates } from '../reviews/articleStates.ts'
import type { Article } from './articleModel.ts'

export interface ArticleFilter {
  kind?: string
  authorId?: string
  skillId?: string
  organisationId?: string
  /** Left out, all but those that are set aside. */
  states?: readonly Article['state'][]
  /** Left out, both. */
  marking?: Marking
}

/** What of the articles somebody may read, and which of these they may change. */
export class ArticleService {
  private readonly models: Pick<Models, 'articles'>

  constructor(models: Pick<Models, 'articles'>) {
    this.models = models
  }

  /** @throws NotFound: a hidden article and a missing one look the same */
  async readable(reader: Reader, slug: string): Promise<Article> {
    const article = await this.models.articles.findOne({ slug }).readableBy(reader).lean<Article>()
    if (article === null)
      throw new NotFound('There is no such article, or it is not shared with you. Search for it, or ask its author to share it.')
    return article
  }

  /** Those of the ids that the reader may read. */
  async among(reader: Reader, ids: readonly string[]): Promise<Article[]> {
    const found = this.models.articles.find({ _id: { $in: [...ids] } }).readableBy(reader)
    return found.select({ title: 1, slug: 1, marking: 1 }).lean<Article[]>()
  }

  /** Newest first. */
  async list(reader: Reader, filter: ArticleFilter, page: { from: number; size: number }): Promise<{ articles: Article[]; total: number }> {
    const wanted = filterOf(filter)
    const [articles, total] = await Promise.all([
      this.models.articles.find(wanted).readableBy(reader).sort({ updatedAt: -1 }).skip(page.from).limit(page.size).lean<Article[]>(),
      this.models.articles.countDocuments(wanted).readableBy(reader),
    ])
    return { articles, total }
  }

  /** How many of somebody's articles name each skill, of those that the reader may see. */
  async countsBySkill(reader: Reader, authorId: string): Promise<ReadonlyMap<string, number>> {
    const found = await this.models.articles.find(filterOf({ authorId })).readableBy(reader).select({ skillIds: 1 }).lean<Article[]>()
    const counts = new Map<string, number>()
    for (const id of found.flatMap(({ skillIds }) => skillIds)) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }

  /** For imports and evaluations: those of these ids in their files, whoever may read them. */
  bySourceIds(ids: readonly string[]): Promise<Article[]> {
    const filter = { sourceId: { $in: [...ids] } }
    return this.models.articles.find(filter).asSystem('a file names articles by the ids it gave them').lean<Article[]>()
  }

  /** The same, and those that were written here by their own ids. @param organisationId  left out, of all organisations */
  inFiles(ids: readonly string[], organisationId?: string): Promise<Article[]> {
    const known = { $or: [{ sourceId: { $in: [...ids] } }, { _id: { $in: [...ids] } }] }
    const filter = organisationId === undefined ? known : { $and: [known, { organisationId }] }
    return this.models.articles.find(filter).asSystem('a file names articles by the ids it gave them').lean<Article[]>()
  }

  /** @throws Forbidden when the person reads the article but may not change it */
  async own(person: SignedInPerson, slug: string): Promise<Article> {
    const article = await this.readable(person, slug)
    if (!may(person, { verb: 'write article', record: article })) {
      throw new Forbidden('Only its authors, its team and the editors of its organisation can change this article.')
    }
    return article
  }

  /** @throws Forbidden, also for what is set aside */
  async editable(person: SignedInPerson, slug: string): Promise<Article> {
    const article = await this.own(person, slug)
    if (setAsideStates.includes(article.state))
      throw new Forbidden(`This article is ${article.state}, so it is not changed any more. Bring it back on its page first.`)
    return article
  }
}

function filterOf({ kind, authorId, skillId, organisationId, states, marking }: ArticleFilter): object {
  return {
    state: states === undefined ? { $nin: [...setAsideStates] } : { $in: [...states] },
    ...(kind === undefined ? {} : { kind }),
    ...(authorId === undefined ? {} : { authorIds: authorId }),
    ...(skillId === undefined ? {} : { skillIds: skillId }),
    ...(organisationId === undefined ? {} : { organisationId }),
    ...(marking === undefined ? {} : { marking: marking === 'OFFICIAL' ? { $ne: 'OFFICIAL-SENSITIVE' } : marking }),
  }
}
