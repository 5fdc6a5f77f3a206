import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Comment } from '../../comments/commentModel.ts'
import type { Comments } from '../../comments/comments.ts'
import { Forbidden } from '../../failures.ts'
import type { Following } from '../../notifications/following.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { Article } from '../articles/articleModel.ts'
import type { ArticleService } from '../articles/articleService.ts'
import type { LinkedRecords } from '../writing/linkedRecords.ts'
import { checkPassage } from './passages.ts'

export const commentKind = 'article-commented'

interface Collaborators {
  articles: ArticleService
  comments: Comments
  following: Pick<Following, 'followersOf'>
  notifications: Notifications
  linkedRecords: LinkedRecords
}

export interface Said {
  id: string
  text: string
  /** Words of the article that it is about. */
  passage?: string | undefined
}

export const parentOf = ({ _id }: Pick<Article, '_id'>) => ({ type: 'article', id: _id })

/** Who may say that a comment is dealt with, or take it back: whoever keeps the article, and whoever wrote it. */
export const mayDealWith = (person: SignedInPerson, article: Article, { byId }: Comment): boolean =>
  byId === person.id || may(person, { verb: 'write article', record: article })

/** What is said under articles, by whoever may read them. */
export class Talk {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /** @throws NotFound, also when the article is hidden; Invalid when it does not say the passage; Conflict when there are too many */
  async comment(person: SignedInPerson, slug: string, { id, text, passage }: Said): Promise<Article> {
    const article = await this.with.articles.readable(person, slug)
    if (passage !== undefined) await checkPassage(article, passage, person, this.with)
    const about = passage === undefined ? {} : { passage }
    const comment = await this.with.comments.add(parentOf(article), { _id: id, byId: person.id, text, ...about })
    await this.tell(article, comment)
    return article
  }

  /** The address of a comment, on whichever page of comments it stands now. */
  async placeOf(person: SignedInPerson, slug: string, id: string): Promise<string> {
    const article = await this.with.articles.readable(person, slug)
    const comment = await this.with.comments.find(parentOf(article), id)
    const page = await this.with.comments.pageOf(parentOf(article), comment)
    return `/knowledge/${article.slug}${page === 1 ? '' : `?comments=${page}`}#comment-${id}`
  }

  async resolve(person: SignedInPerson, slug: string, id: string): Promise<Article> {
    const { article, comment } = await this.dealtWith(person, slug, id)
    await this.with.comments.resolve(comment, person.id)
    return article
  }

  async reopen(person: SignedInPerson, slug: string, id: string): Promise<Article> {
    const { article, comment } = await this.dealtWith(person, slug, id)
    await this.with.comments.reopen(comment)
    return article
  }

  async remove(person: SignedInPerson, slug: string, id: string): Promise<Article> {
    const { article, comment } = await this.dealtWith(person, slug, id)
    await this.with.comments.remove(comment)
    return article
  }

  /** Its owner or, of a team, its authors; who said something here before; and who follows it. What each may read is asked when they are told. */
  private async tell({ _id, owner, authorIds }: Article, { _id: event, byId }: Comment): Promise<void> {
    const { comments, following, notifications } = this.with
    const [before, followers] = await Promise.all([comments.of(parentOf({ _id })), following.followersOf('article', _id)])
    const to = [...(owner.personId === undefined ? authorIds : [owner.personId]), ...before.map(one => one.byId), ...followers]
    await notifications.tell({ kind: commentKind, event, to, subjectId: event, byId })
  }

  private async dealtWith(person: SignedInPerson, slug: string, id: string): Promise<{ article: Article; comment: Comment }> {
    const article = await this.with.articles.readable(person, slug)
    const comment = await this.with.comments.find(parentOf(article), id)
    if (!mayDealWith(person, article, comment))
      throw new Forbidden('Only whoever wrote a comment, and those who keep the article, change it.')
    return { article, comment }
  }
}
