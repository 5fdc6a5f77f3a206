import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { readersOf } from '../../access/readers.ts'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Article } from './articleModel.ts'
import type { ArticleWriting } from './articleWriting.ts'

/** All of an article but what is written in it. */
export type OwnedArticle = Omit<Article, 'text' | 'titleWords' | 'revisionIds'>

const withoutText = { text: 0, titleWords: 0, revisionIds: 0 } as const
const mostTries = 5

/** Articles that a person owns, not a team, and how they get another owner. Who wrote them stays who wrote them. */
export class ArticleOwners {
  private readonly articles: Models['articles']
  private readonly write: IndexedWrite<Article>
  private readonly writing: Pick<ArticleWriting, 'narrowed'>

  constructor(
    models: Pick<Models, 'articles'>,
    { articleWriting, clock }: { articleWriting: Pick<ArticleWriting, 'narrowed'>; clock: Clock },
  ) {
    this.articles = models.articles
    this.write = new IndexedWrite(models.articles, 'title', clock)
    this.writing = articleWriting
  }

  /** Those that this administrator may hand over, whether they may read them or not; by title. */
  async ownedBy(administrator: SignedInPerson, ownerIds: readonly string[], states?: readonly Article['state'][]): Promise<OwnedArticle[]> {
    const filter = { 'owner.personId': { $in: [...ownerIds] }, ...(states === undefined ? {} : { state: { $in: [...states] } }) }
    const owned = await this.articles
      .find(filter)
      .asSystem('what somebody owns is counted, and listed by title for those who may read it')
      .select(withoutText)
      .lean<OwnedArticle[]>()
    return owned
      .filter(article => may(administrator, { verb: 'write article', record: article }))
      .sort((a, b) => a.title.localeCompare(b.title, 'en-GB'))
  }

  /** Everybody who owns an article, of an organisation or of all. */
  async ownerIds(organisationId?: string): Promise<string[]> {
    const filter = { 'owner.personId': { $exists: true }, ...(organisationId === undefined ? {} : { organisationId }) }
    return this.articles.distinct('owner.personId', filter).asSystem('owners who have left are looked for')
  }

  /** Raises the revision, so that somebody who has the article open does not bring the owner back. @returns whether it was still the owner's */
  async give(
    { _id }: Pick<Article, '_id'>,
    ownerId: string,
    owner: Article['owner'],
    states: readonly Article['state'][],
  ): Promise<boolean> {
    for (let tries = 0; tries < mostTries; tries++) {
      const stillOwned = { _id, 'owner.personId': ownerId, state: { $in: [...states] } }
      const article = await this.articles.findOne(stillOwned).asSystem('an article is handed over').select(withoutText).lean<OwnedArticle>()
      if (article === null) return false
      const readers = readersOf({ ...article, owner })
      const change = { $set: { owner, readers }, $inc: { revision: 1 } }
      if ((await this.write.update({ ...stillOwned, revision: article.revision }, change)) === null) continue
      if (article.readers.some(token => !readers.includes(token))) await this.writing.narrowed('article', _id).catch(() => undefined)
      return true
    }
    return false
  }
}
