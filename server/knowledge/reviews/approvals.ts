import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { readersOf } from '../../access/readers.ts'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Article } from '../articles/articleModel.ts'
import type { ArticleWriting } from '../articles/articleWriting.ts'
import type { ReviewNews } from './reviewNews.ts'

interface Collaborators {
  articleWriting: Pick<ArticleWriting, 'narrowFrom'>
  reviewNews: ReviewNews
  clock: Clock
}

/** What waits for somebody's approval, and how somebody else is asked instead. */
export class Approvals {
  private readonly articles: Models['articles']
  private readonly with: Collaborators
  private readonly write: IndexedWrite<Article>

  constructor(models: Pick<Models, 'articles'>, collaborators: Collaborators) {
    this.articles = models.articles
    this.with = collaborators
    this.write = new IndexedWrite(models.articles, 'title', collaborators.clock)
  }

  /** Those that this administrator may change, whether they may read them or not; by title. */
  async waitingFor(administrator: SignedInPerson, approverIds: readonly string[]): Promise<Article[]> {
    const found = await this.articles
      .find({ approverId: { $in: [...approverIds] }, 'approval.askedAt': { $exists: true } })
      .asSystem('what waits for somebody is counted, and listed by title for those who may read it')
      .select({ text: 0, titleWords: 0 })
      .lean<Article[]>()
    return found
      .filter(article => may(administrator, { verb: 'write article', record: article }))
      .sort((a, b) => a.title.localeCompare(b.title, 'en-GB'))
  }

  /** Nobody approves what they asked for themselves. @returns whether it still waited for the one before */
  async askInstead(article: Article, approverId: string): Promise<boolean> {
    if (article.approval?.askedById === approverId) return false
    const readers = readersOf({ ...article, approverId })
    const stillAsked = { _id: article._id, revision: article.revision, state: article.state }
    const asked = await this.write.update(stillAsked, { $set: { approverId, readers }, $inc: { revision: 1 } })
    if (asked === null) return false
    await this.with.articleWriting.narrowFrom(article, readers)
    await this.with.reviewNews.asked(asked)
    return true
  }
}
