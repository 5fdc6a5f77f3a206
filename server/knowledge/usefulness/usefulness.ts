import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Forbidden } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { Article } from '../articles/articleModel.ts'
import type { ArticleService } from '../articles/articleService.ts'
import type { UsefulnessVote } from './usefulnessModel.ts'

const mostRead = 1_000
type Whose = Pick<Article, '_id' | 'authorIds'>

/** Whether articles are of use: said by whoever reads them, read by whoever keeps them. */
export class Usefulness {
  private readonly votes: Models['usefulnessVotes']
  private readonly with: { articles: ArticleService; clock: Clock }

  constructor(models: Pick<Models, 'usefulnessVotes'>, collaborators: { articles: ArticleService; clock: Clock }) {
    this.votes = models.usefulnessVotes
    this.with = collaborators
  }

  /** What somebody said of an article that is loaded for them. */
  async saidBy(person: SignedInPerson, article: Whose): Promise<UsefulnessVote | undefined> {
    return (await this.votes.findById(idOf(article, person)).lean<UsefulnessVote>()) ?? undefined
  }

  /** The newest first, for whoever may change the article; who said it stays out of it. */
  of({ _id: articleId }: Whose): Promise<Pick<UsefulnessVote, 'isUseful' | 'why' | 'votedAt'>[]> {
    return this.votes
      .find({ articleId })
      .sort({ votedAt: -1 })
      .limit(mostRead)
      .select({ isUseful: 1, why: 1, votedAt: 1 })
      .lean<Pick<UsefulnessVote, '_id' | 'isUseful' | 'why' | 'votedAt'>[]>()
  }

  /** Said again, it takes the place of what was said. @throws NotFound, also when the article is hidden; Forbidden to its authors */
  async say(person: SignedInPerson, slug: string, { isUseful, why }: Pick<UsefulnessVote, 'isUseful' | 'why'>): Promise<Article> {
    const article = await this.with.articles.readable(person, slug)
    if (!mayVote(person, article)) throw new Forbidden('Whoever wrote an article does not say whether it is useful: its readers do.')
    const said = { articleId: article._id, personId: person.id, isUseful, votedAt: this.with.clock.now() }
    const change = why === undefined ? { $set: said, $unset: { why: 1 as const } } : { $set: { ...said, why } }
    await this.votes.updateOne({ _id: idOf(article, person) }, change, { upsert: true })
    return article
  }

  async takeBack(person: SignedInPerson, slug: string): Promise<Article> {
    const article = await this.with.articles.readable(person, slug)
    await this.votes.deleteOne({ _id: idOf(article, person) })
    return article
  }

  async forgetOf(articleId: string): Promise<void> {
    await this.votes.deleteMany({ articleId })
  }

  /** Of somebody who leaves. */
  async forget(personId: string): Promise<void> {
    await this.votes.deleteMany({ personId })
  }
}

export const mayVote = ({ id }: SignedInPerson, { authorIds }: Whose): boolean => !authorIds.includes(id)
const idOf = ({ _id }: Whose, { id }: SignedInPerson) => `${_id}:${id}`
